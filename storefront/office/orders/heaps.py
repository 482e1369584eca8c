"""The heaps that orders lie in on the desk: to pack, to hand over, to refund; each a condition in SQL."""

from dataclasses import dataclass

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, exists, select, true

from storefront.orders.models import Fulfilment, Order
from storefront.payments.models import Payment

_OPEN = Order.state == "open"


UNPAID = ("created", "requires_action", "authorised")
_PAYMENT = Payment.order_id == Order.id
_SURE = exists().where(_PAYMENT, Payment.state.in_(("authorised", "captured", "partially_refunded")))
"""The money is here, or is paid when the goods are handed over."""
_LATE = Payment.state.in_(("created", "requires_action"))
_DUE = (Payment.state == "authorised") & exists().where(
    Fulfilment.order_id == Payment.order_id, Fulfilment.handed_over_at.is_not(None)
)
# The first part is what the index of unpaid payments holds, which are few.
_UNPAID = select(Payment.order_id).where(Payment.state.in_(UNPAID), _LATE | _DUE)


@dataclass(frozen=True, slots=True)
class Heap:
    """Orders that want the same done to them; `oldest_first` where they are worked off in turn."""

    code: str
    label: LazyString
    nothing: LazyString
    condition: ColumnElement[bool]
    oldest_first: bool = False
    counted: bool = False


HEAPS = {
    heap.code: heap
    for heap in (
        Heap(
            "to-pack",
            lazy_gettext("To pack"),
            lazy_gettext("Nothing to pack. Orders come here when they are paid, or are paid at hand-over."),
            _OPEN & (Fulfilment.state == "waiting") & _SURE,
            oldest_first=True,
            counted=True,
        ),
        Heap(
            "to-hand-over",
            lazy_gettext("To hand over"),
            lazy_gettext("Nothing waits to be fetched or shipped. Orders come here when they are packed."),
            _OPEN & Fulfilment.state.in_(("packed", "ready")),
            oldest_first=True,
            counted=True,
        ),
        Heap(
            "unpaid",
            lazy_gettext("Unpaid"),
            lazy_gettext("No money is awaited: neither a transfer, nor for goods that were handed over."),
            _OPEN & Order.id.in_(_UNPAID),
            oldest_first=True,
            counted=True,
        ),
        Heap(
            "to-refund",
            lazy_gettext("To refund"),
            lazy_gettext("Nobody waits for money back."),
            exists().where(_PAYMENT, Payment.to_refund > 0),
            oldest_first=True,
            counted=True,
        ),
        Heap(
            "on-the-way",
            lazy_gettext("On the way"),
            lazy_gettext("No parcel is on its way."),
            _OPEN & (Fulfilment.state == "shipped"),
        ),
        Heap(
            "done",
            lazy_gettext("Done"),
            lazy_gettext("No order is paid and delivered yet."),
            Order.state == "closed",
        ),
        Heap(
            "cancelled",
            lazy_gettext("Cancelled"),
            lazy_gettext("No order was cancelled, and none ran out of time."),
            Order.state.in_(("cancelled", "expired")),
        ),
        Heap("all", lazy_gettext("All"), lazy_gettext("There are no orders yet."), true()),
    )
}
FIRST = "to-pack"
