"""What stands on an invoice or a credit note, whatever it is written on; made of what never changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from storefront.checkout import words
from storefront.orders.credit import remainder
from storefront.orders.credit.models import CreditNote, LineReduction
from storefront.orders.models import Invoice, Order
from storefront.platform import i18n
from storefront.platform.addresses import Address
from storefront.taxes.calculation import Taxed


@dataclass(frozen=True, slots=True)
class Party:
    """Who sells or buys."""

    lines: tuple[str, ...]
    country: str = ""
    vat_id: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line; amounts are minor units, with tax where the order's prices include it."""

    title: str
    note: str
    quantity: int | None
    unit_price: int | None
    rate: Decimal | None
    amount: int


@dataclass(frozen=True, slots=True)
class Paper:
    """An invoice or a credit note."""

    title: str
    label: str
    kind: str
    """`invoice` or `credit-note`."""
    issued_at: datetime
    facts: tuple[tuple[str, str], ...]
    """Further particulars with what they are called, such as the order's number."""
    seller: Party
    buyer: Party
    rows: tuple[Row, ...]
    taxes: tuple[Taxed, ...]
    currency: str
    included: bool
    """Whether the rows' amounts include tax."""
    remarks: tuple[str, ...]

    @property
    def net(self) -> int:
        return sum(part.net for part in self.taxes)

    @property
    def tax(self) -> int:
        return sum(part.tax for part in self.taxes)

    @property
    def total(self) -> int:
        return self.net + self.tax


@dataclass(frozen=True, slots=True)
class Dates:
    """When what happened, as far as it had happened when the paper was issued."""

    paid_at: datetime | None
    supplied_at: datetime | None


def of_invoice(
    order: Order, invoice: Invoice, reductions: Iterable[LineReduction], dates: Dates, zone: str
) -> Paper:
    """The invoice of an order: what was cancelled before it was issued is not on it."""
    early = [it for it in reductions if it.credit_note_id is None and it.kind == "cancelled"]
    rows = [row for line in order.lines if (row := _goods(line, remainder.left(line, early)))]
    if order.discount:
        rows.append(Row(_("Discount"), "", None, None, None, -order.discount))
    if order.shipping_price:
        way = words.way(order.delivery_method)
        rows.append(Row(way, "", None, None, order.shipping_tax_rate, order.shipping_price))
    facts = [
        (_("Order"), order.number),
        (_("Ordered"), i18n.day(order.placed_at, zone)),
        (_("Payment"), words.method(order.payment_method)),
    ]
    if dates.paid_at:
        facts.append((_("Paid"), i18n.day(dates.paid_at, zone)))
    supplied = i18n.day(dates.supplied_at, zone) if dates.supplied_at else _("follows, after payment")
    facts.append((_("Supplied"), supplied))
    return Paper(
        title=_("Invoice %(label)s", label=invoice.label),
        label=invoice.label,
        kind="invoice",
        issued_at=invoice.issued_at,
        facts=tuple(facts),
        seller=_seller(invoice.seller),
        buyer=_buyer(invoice.buyer),
        rows=tuple(rows),
        taxes=_taxes(order.taxes),
        currency=order.currency,
        included=order.prices_include_tax,
        remarks=(_remark_of_invoice(dates),),
    )


def of_credit_note(order: Order, invoice: Invoice, note: CreditNote, zone: str) -> Paper:
    """A credit note: it names the invoice that it takes back, or a part of."""
    facts = (
        (_("Order"), order.number),
        (_("Credits invoice"), invoice.label),
        (_("Invoice of"), i18n.day(invoice.issued_at, zone)),
    )
    remarks = [_("Reason: %(reason)s", reason=note.reason)] if note.reason else []
    remarks.append(
        _("The amount is paid back to you.")
        if note.paid
        else _("The invoice is not paid yet: the amount to pay is lower by this much.")
    )
    return Paper(
        title=_("Credit note %(label)s", label=note.label),
        label=note.label,
        kind="credit-note",
        issued_at=note.issued_at,
        facts=facts,
        seller=_seller(note.seller),
        buyer=_buyer(note.buyer),
        rows=tuple(_credited(line, order) for line in note.lines),
        taxes=_taxes(note.taxes),
        currency=note.currency,
        included=order.prices_include_tax,
        remarks=tuple(remarks),
    )


def _goods(line: Any, left: remainder.Left) -> Row | None:
    if not left.quantity:
        return None
    note = ", ".join(part for part in (line.choice, line.sku) if part)
    amount = line.unit_price * left.quantity
    return Row(line.title, note, left.quantity, line.unit_price, line.tax_rate, amount)


def _credited(line: dict[str, Any], order: Order) -> Row:
    amount = line["net"] + (line["tax"] if order.prices_include_tax else 0)
    rate = Decimal(line["rate"])
    if line["kind"] == "goods":
        note = ", ".join(part for part in (line["choice"], line["sku"]) if part)
        return Row(line["title"], note, line["quantity"], None, rate, amount)
    called = {
        "shipping": words.way(order.delivery_method),
        "price": _("Price reduction"),
        "credited": _("Credited before"),
    }
    return Row(called[line["kind"]], "", None, None, rate, amount)


def _remark_of_invoice(dates: Dates) -> str:
    return _("Paid in full. Thank you!") if dates.paid_at else _("To be paid when you receive the goods.")


def _seller(stored: dict[str, Any]) -> Party:
    lines = [stored["name"], *stored["address"]]
    return Party(
        tuple(dict.fromkeys(line for line in lines if line)),  # The shop may be called like its owner.
        i18n.country(stored["country"]) if stored.get("country") else "",
        stored.get("vat_id", ""),
        stored.get("email", ""),
        stored.get("phone", ""),
    )


def _buyer(stored: dict[str, Any]) -> Party:
    if not stored.get("country"):
        return Party((stored["name"],))
    address = Address.of(stored)
    return Party(tuple(address.lines()), i18n.country(address.country), address.vat_id)


def _taxes(stored: Sequence[dict[str, Any]]) -> tuple[Taxed, ...]:
    return tuple(Taxed(it["net"], it["tax"], Decimal(it["rate"])) for it in stored)
