"""What the checkout knows already of somebody who is signed in; they may type anything else."""

from typing import Any

from storefront.accounts import queries
from storefront.accounts.models import Address
from storefront.platform.people import Person


def known(person: Person) -> dict[str, Any]:
    """What CheckoutForm begins with."""
    account, book = queries.account(person.id), queries.addresses_of(person.id)
    home = next((it for it in book if it.for_delivery), None)
    bill = next((it for it in book if it.for_billing), None)
    told: dict[str, Any] = {
        "name": home.name if home else account.name,
        "email": account.email,
        "phone": account.phone,
    }
    if home:
        told["home"] = _parts(home)
    if bill and bill is not home:
        told |= {"bill": _parts(bill), "own_bill": True}
    return told


def _parts(address: Address) -> dict[str, str]:
    return address.letter().stored()
