"""Staff change an order after it was placed: lines are cancelled, parcels come back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storefront.checkout import calling_off
from storefront.checkout.refusals import AlreadyPacked
from storefront.config import settings
from storefront.inventory import coming_back
from storefront.inventory.coming_back import Returned
from storefront.orders import record
from storefront.orders.credit import record as credit
from storefront.orders.credit.remainder import Part
from storefront.orders.models import Order
from storefront.orders.record import NotAllowed
from storefront.payments import record as payments
from storefront.payments.models import PAID
from storefront.platform import db


@dataclass(frozen=True, slots=True)
class CameBack:
    """What came back of a line: units for the shelf, and units that nobody can sell any more."""

    restocked: int = 0
    written_off: int = 0

    def __post_init__(self) -> None:
        if min(self.restocked, self.written_off) < 0:
            raise ValueError("units are counted from nothing up")

    @property
    def units(self) -> int:
        return self.restocked + self.written_off


@db.retried
def cancel_lines(order_id: int, units: Mapping[int, int], reason: str = "") -> None:
    """Cancel so many units of some lines (keys of order lines) before they are packed.

    Without an invoice the order's total falls, and with it what is to be paid; with one a credit note is
    issued, and the money is to be refunded. When nothing would be left the order is cancelled as a whole.
    Raises AlreadyPacked, NotAllowed for an order that is over, TooManyUnits, or NotFound.
    """
    with db.transaction():
        order = record.lock(order_id)
        if order.state != "open":
            raise NotAllowed("order", order.state, "cancelled")
        if record.fulfilment_of(order).state != "waiting":
            raise AlreadyPacked
        off = credit.parts(order, units)
        if _units(off) == _units(credit.everything(order)):
            calling_off.call_off(order, reason or None)
        else:
            calling_off.take_off_lines(order, off, reason)


@db.retried
def take_back(
    order_id: int,
    came: Mapping[int, CameBack] | None = None,
    reason: str = "",
    *,
    shipping: bool | None = None,
) -> None:
    """A parcel came back: all of it to the shelf, or what `came` says of each line (keys of order lines).

    What came back is credited: refunded if it was paid, else not asked for. So is delivery, if `shipping`
    says so, or when nothing is left with the customer. Raises NotAllowed for goods that never left,
    TooManyUnits, or NotFound.
    """
    with db.transaction():
        order = record.lock(order_id)
        fulfilment = record.fulfilment_of(order)
        if fulfilment.state not in ("shipped", "delivered", "returned"):
            raise NotAllowed("fulfilment", fulfilment.state, "returned")
        rest = credit.everything(order)
        if came is None:
            came = {part.line.id: CameBack(restocked=part.quantity) for part in rest}
        back = credit.parts(order, {line: it.units for line, it in came.items()})
        whole = _units(back) == _units(rest)
        if fulfilment.state != "returned":
            record.move_fulfilment(fulfilment, "returned", reason or None)
        restocked = _to_the_shelf(back, came, reason)
        fee = credit.shipping_of(order) if (whole if shipping is None else shipping) else None
        note = calling_off.credit_back(order, back, fee, reason)
        credit.write_reductions(order, back, note, "returned", reason, restocked)
        calling_off.note_reduction(order, back, "returned", reason)
        _close(order)


def _units(parts: Sequence[Part]) -> dict[int, int]:
    return {part.line.id: part.quantity for part in parts}


def _to_the_shelf(back: Sequence[Part], came: Mapping[int, CameBack], reason: str) -> dict[int, int]:
    counted = {
        part.line.variant_id: Returned(
            part.line.id, came[part.line.id].restocked, came[part.line.id].written_off
        )
        for part in back
        if part.line.tracked
    }
    return coming_back.put_back(counted, few=settings().few_left, note=reason or None)


def _close(order: Order) -> None:
    """An order is over when its goods came back and nobody has to pay any more."""
    if order.state == "open" and payments.latest(order.id).state in (*PAID, "voided"):
        record.move(order, "closed")
