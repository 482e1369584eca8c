"""Address books for programs; a customer's own program sees that customer's alone."""

from flask_babel import gettext as _

from storefront.accounts import address_book, told
from storefront.accounts.api import READ, WRITE, note
from storefront.accounts.refusals import AddressBookFull
from storefront.accounts.schemas import AddressChange, AddressNew, AddressTold
from storefront.platform.addresses import Address, countries, wrong_parts
from storefront.platform.errors import NotFound
from storefront.platform.json_api import callers, conditions
from storefront.platform.json_api.answers import Made, made
from storefront.platform.json_api.operations import blueprint, operation
from storefront.platform.json_api.refusals import Contradiction
from storefront.platform.json_api.slices import Slice, Slicing, by_id, sliced

bp = blueprint("addresses_api", __name__)
TAG = "Addresses"
LEADS = {"address_id": "$response.body#/id"}
PARTS = ("country", "name", "company", "vat_id", "street", "postal_code", "city", "area")


@bp.get("/customers/<key:customer_id>/addresses")
@operation("An address book", TAG, scope=READ, customers=True, query=Slicing, out=Slice[AddressTold])
def list_addresses(customer_id: int, query: Slicing) -> Slice[AddressTold]:
    """By ascending id."""
    _expect_customer(customer_id)
    found = told.addresses(customer_id, query.after_id, query.most + 1)
    return sliced(query, found, lambda one: one, by_id)


@bp.get("/addresses/<key:address_id>")
@operation("One address", TAG, scope=READ, customers=True, out=AddressTold)
def show_address(address_id: int) -> AddressTold:
    """Where something goes, or who is billed."""
    return _existing(address_id)


@bp.post("/customers/<key:customer_id>/addresses")
@operation(
    "Write an address down",
    TAG,
    scope=WRITE,
    customers=True,
    body=AddressNew,
    out=AddressTold,
    status=201,
    makes=True,
    refuses=(Contradiction,),
    links=dict.fromkeys(("show_address", "change_address", "delete_address"), LEADS),
)
def make_address(customer_id: int, body: AddressNew) -> Made:
    """The first one is where things go, whatever is said."""
    _expect_customer(customer_id)
    letter = _letter(body.model_dump())
    uses = {"for_delivery": body.for_delivery, "for_billing": body.for_billing}
    try:
        address_id = address_book.add_address(customer_id, letter, **uses)
    except AddressBookFull as full:
        raise Contradiction.at("#", full.code, full.message()) from None
    note("addresses", address_id, None, letter.stored() | uses)
    return made("addresses_api.show_address", address_id=address_id)


@bp.patch("/addresses/<key:address_id>")
@operation(
    "Change an address",
    TAG,
    scope=WRITE,
    customers=True,
    body=AddressChange,
    out=AddressTold,
    conditional=True,
    refuses=(Contradiction,),
)
def change_address(address_id: int, body: AddressChange) -> AddressTold:
    """What is left out stays. Orders keep the address they were placed with."""
    conditions.hold(f"address:{address_id}")
    before = _existing(address_id)
    conditions.demand_same(before)
    was = before.model_dump(exclude={"id", "customer_id"})
    now = was | {name: value for name, value in body.model_dump().items() if value is not None}
    uses = {"for_delivery": now["for_delivery"], "for_billing": now["for_billing"]}
    address_book.change_address(before.customer_id, address_id, _letter(now), **uses)
    note("addresses", address_id, was, now)
    return _existing(address_id)


@bp.delete("/addresses/<key:address_id>")
@operation("Take an address out", TAG, scope=WRITE, customers=True, status=204)
def delete_address(address_id: int) -> None:
    """Orders keep the address they were placed with."""
    before = _existing(address_id)
    address_book.remove_address(before.customer_id, address_id)
    note("addresses", address_id, before.model_dump(exclude={"id"}), None)


def _letter(said: dict[str, str]) -> Address:
    """An address that can be one in its country. Raises Contradiction."""
    if said["country"] not in countries():
        raise Contradiction.at("#/country", "country-unknown", _("There is no such country."))
    letter = Address(**{name: said[name] for name in PARTS})
    if wrong := wrong_parts(letter):
        sentences = {"required": _("This is needed."), "invalid": _("There is no such one in this country.")}
        raise Contradiction(
            [
                {"pointer": f"#/{part}", "code": why, "detail": sentences.get(why, why)}
                for part, why in wrong.items()
            ]
        )
    return letter


def _expect_customer(customer_id: int) -> None:
    if told.customer(customer_id, callers.caller().account_id) is None:
        raise NotFound


def _existing(address_id: int) -> AddressTold:
    found = told.address(address_id, callers.caller().account_id)
    if found is None:
        raise NotFound
    return found
