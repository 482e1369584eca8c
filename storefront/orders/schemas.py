"""Orders, their lines, payments and invoices as programs are told of them."""

from typing import Literal

from pydantic import Field

from storefront.platform.json_api.kinds import Amount, Moment, Told

State = Literal["open", "closed", "cancelled", "expired"]


class Place(Told):
    """Where something goes, or who is billed."""

    country: str = Field(examples=["DE"])
    name: str = Field(examples=["Ada Lindt"])
    company: str = Field(examples=[""])
    vat_id: str = Field(examples=[""])
    street: str = Field(examples=["Torstraße 12"])
    postal_code: str = Field(examples=["10119"])
    city: str = Field(examples=["Berlin"])
    area: str = Field(examples=[""])
    """State, province or prefecture, where the country uses one."""


class LineTold(Told):
    """What was bought, as it was on that day; it never changes."""

    id: int = Field(examples=[91])
    order_id: int = Field(examples=[40])
    position: int = Field(examples=[0])
    product_id: int = Field(examples=[7])
    variant_id: int = Field(examples=[12])
    sku: str = Field(examples=["KETTLE-BLUE"])
    title: str = Field(examples=["Kettle"])
    choice: str = Field(examples=["Blue"])
    quantity: int = Field(examples=[1])
    reduced_by: int = Field(examples=[0])
    """Units that were cancelled or came back since."""
    unit_price: Amount
    """As it was shown: with tax if the order's prices include it."""
    discount: Amount
    tax_rate: str = Field(examples=["0.1900"])
    net: Amount
    tax: Amount


class FulfilmentTold(Told):
    """How the goods leave."""

    id: int = Field(examples=[40])
    order_id: int = Field(examples=[40])
    state: Literal["waiting", "packed", "ready", "shipped", "delivered", "returned"]
    handed_over_at: Moment | None = Field(examples=[None])
    """When the goods left the shelf."""
    carrier: str = Field(examples=["DHL"])
    tracking_number: str = Field(examples=["00340434161094000000"])
    tracking_url: str = Field(examples=[""])


class PaymentTold(Told):
    """Money for an order."""

    id: int = Field(examples=[40])
    order_id: int = Field(examples=[40])
    method: str = Field(examples=["bank_transfer"])
    provider: str = Field(examples=["manual"])
    state: str = Field(examples=["captured"])
    amount: Amount
    authorised: Amount
    captured: Amount
    refunded: Amount
    to_refund: Amount
    """What was credited after it was paid, and did not go back yet."""
    created_at: Moment


class RefundTold(Told):
    """Money that went back; it never changes."""

    id: int = Field(examples=[9])
    order_id: int = Field(examples=[40])
    payment_id: int = Field(examples=[40])
    amount: Amount
    method: str = Field(examples=["bank_transfer"])
    reference: str = Field(examples=["Transfer 2026-05-06, 3"])
    reason: str = Field(examples=[""])
    """Why more went back than was owed."""
    credit_note: str | None = Field(examples=[None])
    """The number of the credit note that was issued with it, where more went back than was owed."""
    by: str = Field(examples=["key bank"])
    at: Moment


class TaxTold(Told):
    """Net and tax at one rate."""

    rate: str = Field(examples=["0.1900"])
    net: Amount
    tax: Amount


class OrderTold(Told):
    """An order; every amount is what it was on that day."""

    id: int = Field(examples=[40])
    number: str = Field(examples=["K7QX2M"])
    """What customers know it by."""
    state: State
    customer_id: int | None = Field(examples=[None])
    name: str = Field(examples=["Ada Lindt"])
    email: str = Field(examples=["ada@example.com"])
    phone: str = Field(examples=["+49 30 5550101"])
    note: str = Field(examples=[""])
    delivery: str = Field(examples=["pickup"])
    delivery_address: Place | None
    billing_address: Place | None
    payment: str = Field(examples=["pay_on_pickup"])
    lines: list[LineTold]
    shipping_price: Amount
    """As it was shown."""
    discount: Amount
    prices_include_tax: bool = Field(examples=[True])
    taxes: list[TaxTold]
    tax: Amount
    total: Amount
    paid: bool = Field(examples=[False])
    fulfilment: FulfilmentTold
    invoice_id: int | None = Field(examples=[None])
    placed_at: Moment
    expires_at: Moment | None = Field(examples=[None])
    """Until when it holds its goods without being paid."""


class InvoiceTold(Told):
    """The numbered document of a sale; it never changes."""

    id: int = Field(examples=[12])
    number: str = Field(examples=["2026-000012"])
    order_id: int = Field(examples=[40])
    order_number: str = Field(examples=["K7QX2M"])
    issued_at: Moment
    seller: dict[str, object] = Field(examples=[{"name": "Kiln & Common"}])
    buyer: dict[str, object] = Field(examples=[{"name": "Ada Lindt"}])
    lines: list[LineTold]
    shipping_price: Amount
    taxes: list[TaxTold]
    tax: Amount
    total: Amount
    pdf_url: str = Field(examples=["https://shop.example/api/v1/invoices/12/document"])
