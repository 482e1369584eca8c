"""Staff's moves after the order: pack, make ready, ship, deliver."""

from dataclasses import asdict, dataclass

from sqlalchemy import select, update

from storefront.inventory import stock
from storefront.orders import invoices, record
from storefront.orders.models import Fulfilment, Order, OrderLine
from storefront.orders.record import NotAllowed
from storefront.payments import record as payments
from storefront.payments.models import PAID
from storefront.platform import db, events, jobs, mail


@dataclass(frozen=True, slots=True)
class Tracking:
    """How a parcel can be followed; each part may be missing."""

    carrier: str = ""
    tracking_number: str = ""
    tracking_url: str = ""


NOT_TRACKED = Tracking()


@db.retried
def pack_order(order_id: int) -> None:
    """The goods lie in a box: from now on the order cannot be cancelled by itself or run out."""
    with db.transaction():
        order, fulfilment = _open(order_id, "packed")
        record.move_fulfilment(fulfilment, "packed")
        record.end_hold(order)


@db.retried
def ready_order(order_id: int) -> None:
    """The box waits at the counter. Raises NotAllowed for an order that goes by post."""
    with db.transaction():
        order, fulfilment = _open(order_id, "ready")
        if order.delivery_method == "home":
            raise NotAllowed("fulfilment", fulfilment.state, "ready")
        record.move_fulfilment(fulfilment, "ready")
        events.record("order.ready", f"order:{order.id}")
        _tell(order, "ready")


@db.retried
def ship_order(order_id: int, tracking: Tracking = NOT_TRACKED) -> None:
    """The box left the house, and the shelf with it. Raises NotAllowed for an order that is fetched."""
    with db.transaction():
        order, fulfilment = _open(order_id, "shipped")
        if order.delivery_method != "home":
            raise NotAllowed("fulfilment", fulfilment.state, "shipped")
        record.move_fulfilment(fulfilment, "shipped")
        _hand_over(order, fulfilment, **asdict(tracking))
        events.record("order.shipped", f"order:{order.id}")
        _tell(order, "shipped")
        invoices.issue(order)


@db.retried
def deliver_order(order_id: int) -> None:
    """The customer has the goods; what is paid too is closed."""
    with db.transaction():
        order, fulfilment = _open(order_id, "delivered")
        record.move_fulfilment(fulfilment, "delivered")
        if fulfilment.handed_over_at is None:
            _hand_over(order, fulfilment)
        if payments.latest(order.id).state in PAID:
            record.move(order, "closed")
        events.record("order.delivered", f"order:{order.id}")
        invoices.issue(order)


def _tell(order: Order, what: str) -> None:
    """The customer is owed a mail about it."""
    mail.owe(f"order-{what}:{order.id}", order.email)
    jobs.defer(f"checkout.{what}", order_id=order.id)


def _open(order_id: int, to: str) -> tuple[Order, Fulfilment]:
    order = record.lock(order_id)
    fulfilment = record.fulfilment_of(order)
    if order.state != "open":
        raise NotAllowed("order", order.state, to)
    return order, fulfilment


def _hand_over(order: Order, fulfilment: Fulfilment, **tracking: str) -> None:
    here = db.inside()
    lines = here.session.execute(
        select(OrderLine.variant_id, OrderLine.id).where(OrderLine.order_id == order.id)
    )
    stock.hand_over(order.id, dict(lines.all()))
    here.session.execute(
        update(Fulfilment).where(Fulfilment.id == fulfilment.id).values(handed_over_at=here.now, **tracking)
    )
