"""Questions about payments and what they pay for."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from storefront.orders.credit.queries import cancelled_units
from storefront.orders.models import OrderLine
from storefront.payments.models import DEAD, Payment
from storefront.platform import db


def tracked_units(order_id: int) -> dict[int, int]:
    """How many of each counted variant an order holds or would hold."""
    lines = select(OrderLine.id, OrderLine.variant_id, OrderLine.quantity)
    rows = db.session.execute(lines.where(OrderLine.order_id == order_id, OrderLine.tracked))
    gone = cancelled_units(order_id)
    wanted = {variant: quantity - gone.get(line, 0) for line, variant, quantity in rows}
    return {variant: units for variant, units in wanted.items() if units}


def current(order_ids: Iterable[int]) -> dict[int, Payment]:
    """The payment that counts for each order: the live one, else the last."""
    query = (
        select(Payment)
        .where(Payment.order_id.in_(list(order_ids)))
        .order_by(Payment.order_id, Payment.state.in_(DEAD), Payment.id.desc())
        .ext(distinct_on(Payment.order_id))
    )
    return {payment.order_id: payment for payment in db.session.scalars(query)}
