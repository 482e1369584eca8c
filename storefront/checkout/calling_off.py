"""What is taken off a locked order: all of it, or some units. Parts of a change, both of them."""

from collections.abc import Sequence

from storefront.config import settings
from storefront.inventory import coming_back, stock
from storefront.orders import record
from storefront.orders.credit import record as credit
from storefront.orders.credit.models import CreditNote
from storefront.orders.credit.remainder import Part
from storefront.orders.models import Order
from storefront.payments import record as payments
from storefront.payments.models import BACK
from storefront.platform import audit, db, events, jobs, mail
from storefront.taxes.calculation import Taxed

UNPAID = ("created", "requires_action", "authorised")


def call_off(order: Order, reason: str | None) -> None:
    """Cancel an order that is not packed: goods return to the shelf, and what was paid is to be refunded."""
    record.move(order, "cancelled", reason)
    record.end_hold(order)
    payment = payments.latest(order.id)
    if payment.state in UNPAID:
        payments.move(payment, "voided")
    stock.release(order.id, few=settings().few_left)
    events.record("order.cancelled", f"order:{order.id}")
    mail.owe(f"order-cancelled:{order.id}", order.email)
    jobs.defer("checkout.cancelled", order_id=order.id)
    credit_back(order, credit.everything(order), credit.shipping_of(order), reason or "")


def take_off_lines(order: Order, units: Sequence[Part], reason: str) -> None:
    """Cancel some units of an order that is not packed, and say so to the customer."""
    tracked = {part.line.variant_id: part.quantity for part in units if part.line.tracked}
    coming_back.release_part(order.id, tracked, few=settings().few_left)
    if credit.invoice_of(order) is None:
        note = None
        fallen = credit.lower_total(order, units)
        payments.lower(payments.latest(order.id), fallen)
    else:
        note = credit_back(order, units, None, reason)
    key = credit.write_reductions(order, units, note, "cancelled", reason)
    note_reduction(order, units, "cancelled", reason)
    mail.owe(f"order-reduced:{key}", order.email)
    jobs.defer("checkout.reduced", order_id=order.id, reduction_id=key)


def credit_back(
    order: Order, units: Sequence[Part], shipping: Taxed | None, reason: str
) -> CreditNote | None:
    """Credit what was invoiced: what was paid is to be refunded, what was not is not asked for any more."""
    invoice = credit.invoice_of(order)
    if invoice is None:
        return None
    payment = payments.latest(order.id)
    unpaid = payment.state in UNPAID
    note = credit.credit_units(order, invoice, units, shipping, reason, paid=not unpaid)
    if note is None:
        return None
    if unpaid:
        payments.lower(payment, note.total)
        if payment.amount == 0:
            payments.move(payment, "voided")
    elif payment.state in BACK:
        payments.owe_back(payment, note.total)
    return note


def note_reduction(order: Order, units: Sequence[Part], kind: str, reason: str) -> None:
    """Write into the facts and the audit log what was taken off an order."""
    lines = [{"sku": part.line.sku, "quantity": part.quantity} for part in units]
    events.record(f"order.{kind}_lines", f"order:{order.id}", {"lines": lines})
    if db.inside().actor.kind in record.ANSWERABLE:
        audit.note("orders", order.id, None, {kind: lines, "reason": reason})
