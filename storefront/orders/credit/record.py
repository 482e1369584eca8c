"""Take units off a locked order, and credit what was invoiced. Parts of a change, all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import insert, select, update

from storefront.orders.credit import queries, remainder
from storefront.orders.credit.models import CreditNote, LineReduction
from storefront.orders.credit.remainder import Draft, Part
from storefront.orders.invoices import next_number, seller
from storefront.orders.models import Invoice, Order, OrderLine
from storefront.platform import db, events
from storefront.platform.errors import NotFound, Refusal
from storefront.taxes.calculation import Taxed


@dataclass
class TooManyUnits(Refusal):
    """More units of a line were named than there are left of it."""

    title: str
    left: int
    status = 422
    code = "too-many-units"

    def message(self) -> str:
        return _(
            "%(title)s: the order holds %(left)s of it; choose at least 1 and no more.",
            title=self.title,
            left=self.left,
        )


def lines_of(order: Order) -> Sequence[OrderLine]:
    """The lines of a locked order, in their order."""
    query = select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.position)
    return db.inside().session.scalars(query).all()


def everything(order: Order) -> list[Part]:
    """Whatever is left of the lines of a locked order."""
    reductions = queries.reductions_of(order.id)
    found = [(line, remainder.left(line, reductions)) for line in lines_of(order)]
    return [
        remainder.take_off(line, rest, rest.quantity, included=order.prices_include_tax)
        for line, rest in found
        if rest.quantity
    ]


def parts(order: Order, units: Mapping[int, int]) -> list[Part]:
    """So many units of each line of a locked order. Raises TooManyUnits, or NotFound for a foreign line."""
    lines = {line.id: line for line in lines_of(order)}
    if not units or units.keys() - lines.keys():
        raise NotFound
    reductions = queries.reductions_of(order.id)
    found = []
    for line in (line for key, line in lines.items() if key in units):
        rest = remainder.left(line, reductions)
        if not 1 <= units[line.id] <= rest.quantity:
            raise TooManyUnits(line.title, rest.quantity)
        found.append(remainder.take_off(line, rest, units[line.id], included=order.prices_include_tax))
    return found


def invoice_of(order: Order) -> Invoice | None:
    """The invoice of a locked order, if it was issued."""
    return db.inside().session.scalars(select(Invoice).where(Invoice.order_id == order.id)).first()


def shipping_of(order: Order) -> Taxed | None:
    """What delivery cost; None when it was credited before."""
    noted = any(line["kind"] == "shipping" for note in queries.notes_of(order.id) for line in note.lines)
    return None if noted else Taxed(order.shipping_net, order.shipping_tax, order.shipping_tax_rate)


def credit_units(
    order: Order, invoice: Invoice, units: Sequence[Part], shipping: Taxed | None, reason: str, *, paid: bool
) -> CreditNote | None:
    """Issue the credit note for units of an invoiced order; None when they cost nothing."""
    still_open = remainder.open_by_rate(order, queries.notes_of(order.id))
    return _issue(order, invoice, remainder.draft(units, shipping, still_open), reason, paid=paid)


def credit_amount(order: Order, invoice: Invoice, amount: int, reason: str) -> CreditNote | None:
    """Issue the credit note over an amount of a paid order, for no unit in particular."""
    still_open = remainder.open_by_rate(order, queries.notes_of(order.id))
    return _issue(order, invoice, remainder.price_reduction(amount, still_open), reason, paid=True)


def write_reductions(
    order: Order,
    units: Sequence[Part],
    note: CreditNote | None,
    kind: str,
    reason: str,
    restocked: Mapping[int, int] | None = None,
) -> int:
    """Write down what was taken off; returns the first row's key. `restocked` counts by line."""
    here = db.inside()
    keys = here.session.scalars(
        insert(LineReduction).returning(LineReduction.id, sort_by_parameter_order=True),
        [
            {
                "order_id": order.id,
                "order_line_id": part.line.id,
                "credit_note_id": note.id if note else None,
                "kind": kind,
                "quantity": part.quantity,
                "restocked": (restocked or {}).get(part.line.id, 0),
                "discount": part.discount,
                "net": part.net,
                "tax": part.tax,
                "reason": reason,
                **events.origin(),
            }
            for part in units
        ],
    )
    return min(keys)


def lower_total(order: Order, units: Sequence[Part]) -> int:
    """What was not invoiced yet is not ordered any more: the order's sums fall; returns by how much."""
    by_rate = {Decimal(it["rate"]): (it["net"], it["tax"]) for it in order.taxes}
    for part in units:
        net, tax = by_rate[part.line.tax_rate]
        by_rate[part.line.tax_rate] = (net - part.net, tax - part.tax)
    taxes = [
        {"rate": f"{rate:.4f}", "net": net, "tax": tax} for rate, (net, tax) in by_rate.items() if net + tax
    ]
    fallen = sum(part.net + part.tax for part in units)
    sums = {
        "taxes": taxes,
        "tax": order.tax - sum(part.tax for part in units),
        "discount": order.discount - sum(part.discount for part in units),
        "total": order.total - fallen,
    }
    here = db.inside()
    here.session.execute(update(Order).where(Order.id == order.id).values(**sums))
    here.session.refresh(order)
    return fallen


def _issue(order: Order, invoice: Invoice, what: Draft, reason: str, *, paid: bool) -> CreditNote | None:
    """The series is the year in the shop's time zone, behind a letter of its own; see orders/invoices.py."""
    if not what.total:
        return None
    here = db.inside()
    year, facts = seller()
    series = f"C{year}"
    return here.session.scalars(
        insert(CreditNote)
        .values(
            order_id=order.id,
            invoice_id=invoice.id,
            series=series,
            number=next_number(series),
            issued_at=here.now,
            paid=paid,
            reason=reason,
            currency=invoice.currency,
            tax=what.tax,
            total=what.total,
            taxes=[{"rate": f"{it.rate:.4f}", "net": it.net, "tax": it.tax} for it in what.taxes],
            lines=what.lines,
            seller=facts,
            buyer=invoice.buyer,
        )
        .returning(CreditNote)
    ).one()
