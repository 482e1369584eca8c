"""What a program asks of the checkout as actions take it, and what those refuse as the API says it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from flask_babel import gettext as _

from storefront.accounts.models import Account
from storefront.cart.straight import VariantsUnknown
from storefront.checkout.refusals import NotDelivered, NotOffered
from storefront.checkout.schemas import Contact, OrderNew, PlaceMeant
from storefront.checkout.selling import OrderRequest
from storefront.config import settings
from storefront.orders.credit.record import TooManyUnits
from storefront.platform import db
from storefront.platform.addresses import Address, countries, wrong_parts
from storefront.platform.json_api.kinds import AmountMeant
from storefront.platform.json_api.refusals import Contradiction, Missing
from storefront.platform.money import Money
from storefront.shop.queries import facts


@contextmanager
def in_api_words() -> Iterator[None]:
    """Let programs hear refusals as their document says them."""
    try:
        yield
    except NotOffered as refusal:
        raise Contradiction.at("#/payment", refusal.code, refusal.message()) from None
    except NotDelivered as refusal:
        raise Contradiction.at("#/delivery_address", refusal.code, refusal.message()) from None
    except VariantsUnknown as refusal:
        raise Missing.at("#/lines", refusal.code, refusal.message()) from None
    except TooManyUnits as refusal:
        raise Contradiction.at("#/lines", refusal.code, refusal.message()) from None


def wanted(body: OrderNew) -> dict[int, int]:
    """How many of each variant; lines of one variant are one. Raises Contradiction."""
    units: Counter[int] = Counter()
    for part in body.lines:
        units[part.variant_id] += part.quantity
    most = settings().max_line_quantity
    if any(quantity > most for quantity in units.values()):
        sentence = _("At most %(most)s of one thing are sold at once.", most=most)
        raise Contradiction.at("#/lines", "too-many", sentence)
    return dict(units)


def prices_seen(body: OrderNew) -> dict[int, int]:
    """The unit prices that the buyer saw, by variant. Raises Contradiction."""
    seen = {}
    for place, part in enumerate(body.lines):
        if part.unit_price is not None:
            seen[part.variant_id] = amount(part.unit_price, f"#/lines/{place}/unit_price").amount
    return seen


def wish(body: OrderNew, key: UUID, account_id: int | None) -> OrderRequest:
    """The order that is asked for. Raises Contradiction or Missing."""
    buyer = db.session.get(Account, account_id) if account_id is not None else None
    if account_id is not None and buyer is None:
        raise Missing.at("#/customer_id", "reference-missing", _("There is no such customer."))
    contact = body.contact
    if contact is None:
        if buyer is None:
            raise Contradiction.at("#/contact", "contact-needed", _("Please say whom the order is for."))
        contact = Contact.model_construct(name=buyer.name, email=buyer.email, phone=buyer.phone)
    home, bill = body.delivery_address, body.billing_address
    return OrderRequest(
        key=key,
        total_seen=amount(body.total, "#/total") if body.total else None,
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        note=body.note,
        delivery=body.delivery,
        delivery_address=place(home, "#/delivery_address") if home else None,
        billing_address=place(bill, "#/billing_address") if bill else None,
        payment=body.payment,
        locale=buyer.locale if buyer else "en",
        account_id=account_id,
    )


def place(meant: PlaceMeant, pointer: str) -> Address:
    """An address that can be one in its country. Raises Contradiction."""
    if meant.country not in countries():
        raise Contradiction.at(f"{pointer}/country", "country-unknown", _("There is no such country."))
    address = Address(**meant.model_dump())
    if wrong := wrong_parts(address):
        said = {"required": _("This is needed."), "invalid": _("There is no such one in this country.")}
        raise Contradiction(
            [
                {"pointer": f"{pointer}/{part}", "code": why, "detail": said.get(why, why)}
                for part, why in wrong.items()
            ]
        )
    return address


def no_such_line() -> Missing:
    """A line that is none of this order's."""
    return Missing.at("#/lines", "reference-missing", _("This order has no such line."))


def amount(meant: AmountMeant, pointer: str) -> Money:
    """In the shop's currency. Raises Contradiction."""
    ours = facts().currency
    if meant.currency != ours:
        sentence = _("This shop sells in %(currency)s.", currency=ours)
        raise Contradiction.at(pointer, "currency-differs", sentence)
    return Money(meant.amount, ours)
