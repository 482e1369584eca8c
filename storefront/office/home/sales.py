"""What was sold in a period, in all, piece by piece, and of what most; what was called off does not count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, select, tuple_

from storefront.office.home.periods import Period, midnight
from storefront.office.slices import PAGE
from storefront.orders.models import Order, OrderLine
from storefront.platform import db
from storefront.platform.paging import Cursor

BEST = 5
_KEPT = Order.state.not_in(("cancelled", "expired"))


@dataclass(frozen=True, slots=True)
class Sum:
    """So many orders, worth so much in all."""

    orders: int = 0
    total: int = 0

    @property
    def average(self) -> int:
        return round(self.total / self.orders) if self.orders else 0


@dataclass(frozen=True, slots=True)
class Piece:
    """One hour, or one day, of a period."""

    day: date
    hour: int | None
    at: datetime
    """When its day begins."""
    sum: Sum


@dataclass(frozen=True, slots=True)
class Best:
    """A product that was sold often."""

    product_id: int
    title: str
    units: int
    total: int


@dataclass(frozen=True, slots=True)
class Sales:
    """What a period brought, and the one before."""

    now: Sum
    before: Sum
    pieces: Sequence[Piece]
    ids: tuple[int, int]
    """The lowest and the highest id of the period's orders: their lines stand together, and are found so."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Some of the orders that make a figure, and where the next ones begin."""

    rows: Sequence[Order]
    next: str | None


def sales(period: Period) -> Sales:
    """Both sums, and every piece of the period; two statements."""
    local = func.timezone(period.zone, Order.placed_at)
    piece = func.date_trunc("hour" if period.hourly else "day", local).label("piece")
    since, until = period.before
    within = and_(Order.placed_at >= period.since, Order.placed_at <= period.now)
    ends = func.min(Order.id).label("first"), func.max(Order.id).label("last")
    found = db.session.execute(select(piece, *_sums(), *ends).where(_KEPT, within).group_by(piece)).all()
    earlier = and_(Order.placed_at >= since, Order.placed_at <= until)
    before = db.session.execute(select(*_sums()).where(_KEPT, earlier)).one()
    by_piece = {row.piece: Sum(row.orders, int(row.total)) for row in found}
    now = Sum(sum(one.orders for one in by_piece.values()), sum(one.total for one in by_piece.values()))
    ids = min((row.first for row in found), default=0), max((row.last for row in found), default=0)
    return Sales(now, Sum(before.orders, int(before.total)), _pieces(period, by_piece), ids)


def best(period: Period, ids: tuple[int, int]) -> list[Best]:
    """What was sold most often in the orders between these ids that are of the period."""
    units = func.sum(OrderLine.quantity).label("units")
    worth = func.sum(OrderLine.unit_price * OrderLine.quantity - OrderLine.discount)
    query = (
        select(OrderLine.product_id, func.max(OrderLine.title), units, worth)
        .join(Order, Order.id == OrderLine.order_id)
        .where(_KEPT, Order.placed_at >= period.since, Order.placed_at <= period.now)
        .where(OrderLine.order_id.between(*ids))
        .group_by(OrderLine.product_id)
        .order_by(units.desc(), OrderLine.product_id)
        .limit(BEST)
    )
    return [Best(key, title, int(sold), int(total)) for key, title, sold, total in db.session.execute(query)]


def sum_between(since: datetime, until: datetime) -> Sum:
    """What was sold from one moment until before another."""
    row = db.session.execute(select(*_sums()).where(_KEPT, _between(since, until))).one()
    return Sum(row.orders, int(row.total))


def counted(since: datetime, until: datetime, after: Cursor | None = None) -> Counted:
    """The orders that make this sum, newest first."""
    query = select(Order).where(_KEPT, _between(since, until))
    if after is not None:
        place = tuple_(literal(after.value), literal(after.id))
        query = query.where(tuple_(Order.placed_at, Order.id) < place)
    newest = (Order.placed_at.desc(), Order.id.desc())
    found = db.session.scalars(query.order_by(*newest).limit(PAGE + 1)).all()
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Counted(found[:PAGE], str(Cursor("sales", last.placed_at, last.id)) if last else None)


def _between(since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(Order.placed_at >= since, Order.placed_at < until)


def _sums() -> tuple[Any, Any]:
    return func.count().label("orders"), func.coalesce(func.sum(Order.total), 0).label("total")


def _pieces(period: Period, found: dict[datetime, Sum]) -> list[Piece]:
    """Every piece until now, also those in which nothing was sold."""
    by_hour = {(at.date(), at.hour if period.hourly else None): one for at, one in found.items()}
    if period.hourly:
        keys: list[tuple[date, int | None]] = [(period.first, hour) for hour in range(24)]
    else:
        keys = [(period.first + timedelta(days=number), None) for number in range(period.days)]
    return [
        Piece(day, hour, midnight(day, period.zone), by_hour.get((day, hour), Sum())) for day, hour in keys
    ]
