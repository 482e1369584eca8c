"""What a monitor asks of the shop itself: its orders, and when the last one came."""

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from storefront.orders.models import Order
from storefront.platform import clock, db, metrics

_STATES = select(Order.state, func.count()).group_by(Order.state)
_LAST = select(func.max(Order.placed_at))


@metrics.asked
def orders() -> metrics.Gauges:
    """How many there are, and the seconds since the last one; nothing while the database is away."""
    try:
        states, last = db.session.execute(_STATES).all(), db.session.scalar(_LAST)
    except SQLAlchemyError:
        return []
    finally:
        db.release_quietly()
    found = [("storefront_orders", "Orders.", {"state": state}, float(number)) for state, number in states]
    if last is not None:
        age = (clock.now() - last).total_seconds()
        found.append(("storefront_last_order_seconds", "Since the last order came.", {}, age))
    return found
