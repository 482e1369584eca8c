"""Questions of the list: one page of a heap, and how many lie in each heap that is worked off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_
from sqlalchemy.orm import contains_eager

from storefront.office.orders import words
from storefront.office.orders.finding import matching
from storefront.office.orders.heaps import HEAPS, Heap
from storefront.orders.models import Order, OrderLine
from storefront.payments.models import Payment
from storefront.payments.queries import current
from storefront.platform import db
from storefront.platform.paging import Cursor

PAGE = 50
MOST_COUNTED = 99  # whoever has more to pack than this needs no exact number


@dataclass(frozen=True, slots=True)
class Row:
    """One order of the list, its payment, and how many things are in it."""

    order: Order
    payment: Payment
    units: int

    @property
    def goods(self) -> words.Said:
        return words.goods(self.order)

    @property
    def money(self) -> words.Said:
        return words.money(self.order, self.payment)


@dataclass(frozen=True, slots=True)
class Page:
    """Some orders of a heap, and where the next ones begin."""

    rows: Sequence[Row]
    next: str | None


def wanted(heap: Heap, search: str) -> Select[Order]:
    """The orders of a heap that were searched for, in its order."""
    query = (
        select(Order).join(Order.fulfilment).options(contains_eager(Order.fulfilment)).where(heap.condition)
    )
    if search:
        query = query.where(matching(search))
    keys = (Order.placed_at, Order.id)
    return query.order_by(*keys if heap.oldest_first else (key.desc() for key in keys))


def page(heap: Heap, search: str, after: Cursor | None = None, limit: int = PAGE) -> Page:
    """The next orders of a heap. Three statements, however many there are."""
    found = db.session.scalars(wanted(heap, search).where(*beyond(heap, after)).limit(limit + 1)).all()
    shown, last = found[:limit], found[limit - 1] if len(found) > limit else None
    cursor = str(Cursor(heap.code, last.placed_at, last.id)) if last else None
    return Page(rows(shown), cursor)


def beyond(heap: Heap, after: Cursor | None) -> list[ColumnElement[bool]]:
    """What comes after a row of this heap."""
    if after is None:
        return []
    place = tuple_(Order.placed_at, Order.id)
    last = tuple_(literal(after.value), literal(after.id))
    return [place > last if heap.oldest_first else place < last]


def cursor(heap: Heap, text: str | None) -> Cursor | None:
    """Where a list goes on. Raises ValueError for what is no cursor of this heap."""
    return Cursor.read(text, heap.code, datetime) if text else None


def rows(orders: Sequence[Order]) -> list[Row]:
    """Orders with what a row says of them."""
    ids = [order.id for order in orders]
    payments, units = current(ids), _units(ids)
    return [Row(order, payments[order.id], units.get(order.id, 0)) for order in orders]


def counts() -> dict[str, int]:
    """How many orders lie in each heap that is worked off; no more than one above MOST_COUNTED is counted."""
    heaps = [heap for heap in HEAPS.values() if heap.counted]
    each = [
        select(func.count()).select_from(
            select(literal(1))
            .select_from(Order)
            .join(Order.fulfilment)
            .where(heap.condition)
            .limit(MOST_COUNTED + 1)
            .subquery()
        )
        for heap in heaps
    ]
    found = db.session.execute(select(*(query.scalar_subquery() for query in each))).one()
    return {heap.code: count for heap, count in zip(heaps, found, strict=True)}


def _units(order_ids: Sequence[int]) -> dict[int, int]:
    query = select(OrderLine.order_id, func.sum(OrderLine.quantity)).group_by(OrderLine.order_id)
    return {
        key: int(units) for key, units in db.session.execute(query.where(OrderLine.order_id.in_(order_ids)))
    }
