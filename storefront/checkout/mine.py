"""The orders in somebody's account, and those of before that come into it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select, tuple_, update
from sqlalchemy.orm import joinedload, selectinload

from storefront.orders.models import Order, OrderLine
from storefront.platform import db
from storefront.platform.errors import NotFound
from storefront.platform.paging import Cursor

PAGE = 20


@dataclass(frozen=True, slots=True)
class Page:
    """Some of somebody's orders, and where the list goes on."""

    orders: Sequence[Order]
    after: str | None


def page(account_id: int, words: str, after: Cursor | None) -> Page:
    """Somebody's orders, the newest first; with words only those whose number or things hold them."""
    query = select(Order).where(Order.account_id == account_id)
    if words:
        query = query.where(_about(words))
    if after:
        query = query.where(tuple_(Order.placed_at, Order.id) < (after.value, after.id))
    whole = query.options(selectinload(Order.lines), joinedload(Order.fulfilment))
    found = db.session.scalars(whole.order_by(Order.placed_at.desc(), Order.id.desc()).limit(PAGE + 1)).all()
    rest = str(Cursor("placed", found[PAGE - 1].placed_at, found[PAGE - 1].id)) if len(found) > PAGE else None
    return Page(found[:PAGE], rest)


def numbered(account_id: int, number: str) -> Order:
    """One of somebody's own orders. Raises NotFound, for others' too."""
    mine = (Order.account_id == account_id, Order.number == number.upper())
    whole = (selectinload(Order.lines), joinedload(Order.fulfilment), joinedload(Order.invoice))
    found = db.session.scalars(select(Order).where(*mine).options(*whole)).first()
    if found is None:
        raise NotFound
    return found


def has_more(email: str) -> bool:
    """Whether somebody ordered with an address before they had an account."""
    return bool(db.session.scalar(select(exists().where(*_guests(email)))))


@db.retried
def adopt(account_id: int, email: str) -> None:
    """What was ordered with an address stands in the account of whoever has shown that it is theirs."""
    with db.transaction() as session:
        session.execute(update(Order).where(*_guests(email)).values(account_id=account_id))


def _guests(email: str) -> tuple[ColumnElement[bool], ...]:
    return Order.account_id.is_(None), func.lower(Order.email) == func.lower(email)


def _about(words: str) -> ColumnElement[bool]:
    holds = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    titled = exists().where(
        OrderLine.order_id == Order.id, or_(OrderLine.title.ilike(holds), OrderLine.sku.ilike(holds))
    )
    return or_(Order.number.ilike(holds), titled)
