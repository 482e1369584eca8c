"""What programs ask of orders: which, what is bought, and what becomes of it."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from storefront.orders.models import MAX_EMAIL, MAX_NAME, MAX_NOTE, MAX_PHONE
from storefront.orders.schemas import State
from storefront.payments.methods import METHODS as PAYMENTS
from storefront.payments.refunds.models import MAX_REFERENCE
from storefront.platform.addresses import MAX_PART
from storefront.platform.json_api.kinds import (
    EMAIL,
    INTEGRAL,
    AmountMeant,
    AskedKey,
    Key,
    Shape,
    line,
    lines,
)
from storefront.platform.json_api.slices import Slicing
from storefront.shipping.methods import METHODS as DELIVERIES

MOST_LINES = 100
MAX_REASON = 200
Email = Annotated[str, StringConstraints(max_length=MAX_EMAIL, pattern=EMAIL)]
Name = Annotated[str, line(MAX_NAME, least=1), Field(examples=["Ada Lindt"])]
Delivery = Annotated[
    str, StringConstraints(pattern=f"^({'|'.join(DELIVERIES)})$"), Field(examples=["pickup"])
]
Payment = Annotated[
    str, StringConstraints(pattern=f"^({'|'.join(PAYMENTS)})$"), Field(examples=["pay_on_pickup"])
]
Part = Annotated[str, line(MAX_PART)]


class PlaceMeant(Shape):
    """Where something goes, or who is billed; which parts are needed is a matter of the country."""

    country: Annotated[str, StringConstraints(pattern="^[A-Z]{2}$"), Field(examples=["DE"])]
    name: Name
    company: Annotated[Part, Field(examples=[""])] = ""
    vat_id: Annotated[str, line(30), Field(examples=[""])] = ""
    street: Annotated[Part, Field(examples=["Torstraße 12"])] = ""
    postal_code: Annotated[Part, Field(examples=["10119"])] = ""
    city: Annotated[Part, Field(examples=["Berlin"])] = ""
    area: Annotated[Part, Field(examples=[""])] = ""


class OrderQuery(Slicing):
    """Which orders, by ascending id."""

    state: State | None = None
    customer_id: Annotated[AskedKey | None, Field(examples=[3])] = None
    number: Annotated[str | None, line(20, least=1), Field(examples=["K7QX2M"])] = None
    email: Annotated[Email | None, Field(examples=["ada@example.com"])] = None


class LineMeant(Shape):
    """Some units of one variant."""

    variant_id: Annotated[Key, Field(examples=[12])]
    quantity: Annotated[int, Field(ge=1, le=10_000, examples=[1]), INTEGRAL]
    unit_price: Annotated[AmountMeant | None, Field(examples=[{"amount": 4800, "currency": "EUR"}])] = None
    """What the buyer saw. If it is not the price, nothing is ordered."""


class Contact(Shape):
    """Whom the order is for."""

    name: Name
    email: Annotated[Email, Field(examples=["ada@example.com"])]
    phone: Annotated[str, line(MAX_PHONE), Field(examples=["+49 30 5550101"])] = ""


class OrderNew(Shape):
    """What is bought, by whom, and how it leaves and is paid."""

    lines: Annotated[tuple[LineMeant, ...], Field(min_length=1, max_length=MOST_LINES)]
    contact: Contact | None = None
    """A customer's own program may leave it out: then it is that customer's."""
    customer_id: Annotated[Key | None, Field(examples=[None])] = None
    """In whose account the order stands; a customer's own program says nothing here."""
    delivery: Delivery
    delivery_address: Annotated[PlaceMeant | None, Field(examples=[None])] = None
    billing_address: Annotated[PlaceMeant | None, Field(examples=[None])] = None
    payment: Payment
    note: Annotated[str, lines(MAX_NOTE), Field(examples=[""])] = ""
    total: Annotated[AmountMeant | None, Field(examples=[{"amount": 4800, "currency": "EUR"}])] = None
    """What the buyer saw, delivery and tax in it. If it is another now, nothing is ordered."""


class UnitsOff(Shape):
    """So many units of one line."""

    line_id: Annotated[Key, Field(examples=[91])]
    quantity: Annotated[int, Field(ge=1, le=10_000, examples=[1]), INTEGRAL]


class CancellationNew(Shape):
    """What is called off: the whole order, or units of its lines."""

    lines: Annotated[tuple[UnitsOff, ...], Field(max_length=MOST_LINES, examples=[[]])] = ()
    """Nothing here means the whole order."""
    reason: Annotated[str, line(500), Field(examples=["Changed my mind"])] = ""


class FulfilmentMove(Shape):
    """Where the goods are now."""

    state: Literal["packed", "ready", "shipped", "delivered", "returned"]
    carrier: Annotated[str, line(60), Field(examples=["DHL"])] = ""
    """Of what is shipped."""
    tracking_number: Annotated[str, line(100), Field(examples=["00340434161094000000"])] = ""
    tracking_url: Annotated[
        str,
        StringConstraints(max_length=500, pattern=r"^(https://[A-Za-z0-9.-]+(/[!-~]*)?)?$"),
        Field(examples=[""]),
    ] = ""
    reason: Annotated[str, line(500), Field(examples=[""])] = ""
    """Of what came back."""


class PaymentNew(Shape):
    """Money that came by hand or by bank: the whole of what is owed."""

    amount: Annotated[AmountMeant | None, Field(examples=[{"amount": 4800, "currency": "EUR"}])] = None
    """If it is said, it must be what is owed."""
    reference: Annotated[str, line(100), Field(examples=["Statement 2026-05-04, 17"])] = ""
    """Under which name it is found in the books."""


class RefundNew(Shape):
    """Money that went back to the customer."""

    amount: Annotated[AmountMeant | None, Field(examples=[{"amount": 4800, "currency": "EUR"}])] = None
    """Without it, all that is owed."""
    method: Annotated[Literal["bank_transfer", "cash", "card", "other"], Field(examples=["bank_transfer"])]
    reference: Annotated[str, line(MAX_REFERENCE), Field(examples=["Transfer 2026-05-06, 3"])] = ""
    """What finds it again, such as the number of the transfer; cash needs none."""
    reason: Annotated[str, line(MAX_REASON), Field(examples=[""])] = ""
    """Needed for more than is owed: it stands on the credit note."""


class InvoiceQuery(Slicing):
    """Which invoices, by ascending id."""

    order_id: Annotated[AskedKey | None, Field(examples=[40])] = None
    number: Annotated[str | None, line(30, least=1), Field(examples=["2026-000012"])] = None
