"""Questions about orders, each with what its page needs."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from storefront.orders.models import Order, StateChange
from storefront.platform import db

_WHOLE = (selectinload(Order.lines), joinedload(Order.fulfilment), joinedload(Order.invoice))


def by_token(token: str) -> Order | None:
    """The order at an address that only its buyer knows."""
    return db.session.scalars(select(Order).where(Order.token == token).options(*_WHOLE)).first()


def numbered(number: str) -> Order | None:
    """The order with a number, for staff."""
    query = select(Order).where(Order.number == number.upper()).options(*_WHOLE)
    return db.session.scalars(query).first()


def with_id(order_id: int) -> Order:
    """An order that is known to exist."""
    return db.session.scalars(select(Order).where(Order.id == order_id).options(*_WHOLE)).one()


def token_of_cart(cart_id: int) -> str:
    """The address of the order that a closed cart became."""
    return db.session.scalars(select(Order.token).where(Order.cart_id == cart_id)).one()


def newest(limit: int, state: str | None = None) -> Sequence[Order]:
    """The latest orders, newest first."""
    query = select(Order).options(joinedload(Order.fulfilment))
    if state:
        query = query.where(Order.state == state)
    return db.session.scalars(query.order_by(Order.placed_at.desc(), Order.id.desc()).limit(limit)).all()


def history(order_id: int) -> Sequence[StateChange]:
    """Everything that happened to an order, its payment and its fulfilment, in order."""
    query = select(StateChange).where(StateChange.order_id == order_id).order_by(StateChange.id)
    return db.session.scalars(query).all()
