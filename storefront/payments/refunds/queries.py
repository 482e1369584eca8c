"""Questions about money that went back."""

from collections.abc import Sequence

from sqlalchemy import select

from storefront.payments.refunds.models import Refund
from storefront.platform import db


def refunds_of(order_id: int) -> Sequence[Refund]:
    """Every refund of an order, oldest first."""
    query = select(Refund).where(Refund.order_id == order_id).order_by(Refund.id)
    return db.session.scalars(query).all()


def with_id(refund_id: int) -> Refund:
    """A refund that is known to exist."""
    return db.session.scalars(select(Refund).where(Refund.id == refund_id)).one()
