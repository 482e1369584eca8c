"""What can be done with an order next: read off the same tables that refuse everything else."""

from storefront.orders.models import FULFILMENT_MOVES, Order
from storefront.payments.models import BACK, MOVES, Payment

GONE = ("shipped", "delivered", "returned")
"""Where goods are that may come back; a parcel may do so in parts."""


def possible(order: Order, payment: Payment, units: int) -> frozenset[str]:
    """The names of all that staff may do with it as it stands; `units` are those left of its lines."""
    fetched, at = order.delivery_method != "home", order.fulfilment.state
    changes = {
        "settle": order.state in ("open", "expired") and (payment.state, "captured") in MOVES,
        "pack": _goes(order, "packed"),
        "ready": _goes(order, "ready") and fetched,
        "ship": _goes(order, "shipped") and not fetched,
        "deliver": _goes(order, "delivered"),
        "take-back": order.state in ("open", "closed") and at in GONE and units > 0,
        "refund": payment.to_refund > 0,
        "give-back": payment.state in BACK and payment.captured > payment.refunded,
        "cancel": _untouched(order),
        "correct": _untouched(order),
        "reduce": _untouched(order),
    }
    return frozenset(name for name, may in changes.items() if may)


def _goes(order: Order, to: str) -> bool:
    return order.state == "open" and (order.fulfilment.state, to) in FULFILMENT_MOVES


def _untouched(order: Order) -> bool:
    """Open, and nobody has put it into a box yet."""
    return order.state == "open" and order.fulfilment.state == "waiting"
