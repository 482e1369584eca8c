"""Why a number of units is what it is: the movements, orders and people that made it, and their sum.

Inventory knows variants, orders and people by their ids alone; their names are read from their tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Select, cast, func, literal, select
from sqlalchemy.sql.expression import FromClause

from storefront.inventory.models import Reservation, Stock, StockMovement
from storefront.platform import db

PAGE = 50


@dataclass(frozen=True, slots=True)
class Shelf:
    """A variant with its name and its numbers."""

    variant_id: int
    product_id: int
    title: str
    choice: str
    sku: str
    on_hand: int
    reserved: int
    low_at: int | None
    low: bool
    archived: bool = False

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the ledger, in words: how many were there after it, who did it, and for which order."""

    id: int
    at: datetime
    quantity: int
    reason: str
    note: str | None
    balance: int
    order: str | None
    actor_kind: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """An order that units are promised to."""

    number: str
    name: str
    quantity: int
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that made the numbers of a shelf."""

    sums: Sequence[tuple[str, int, int]]
    """By reason: how often, and how many units in all."""
    movements: Sequence[Movement]
    next: int | None
    held: Sequence[Held]

    @property
    def total(self) -> int:
        return sum(units for _reason, _times, units in self.sums)

    @property
    def promised(self) -> int:
        return sum(held.quantity for held in self.held)


def shelf(variant_id: int, few: int) -> Shelf | None:
    """One variant that is counted."""
    row = db.session.execute(shelves(few).where(Stock.variant_id == variant_id)).first()
    return shelf_of(row) if row else None


def shelves(few: int) -> Select[Any]:
    """Every shelf, by what stands on it; at `few` or fewer it is low, where staff say nothing else."""
    variants, products = _table("variants"), _table("products")
    low = Stock.on_hand - Stock.reserved <= func.coalesce(Stock.low_at, literal(few, BigInteger))
    return (
        select(
            Stock.variant_id,
            Stock.product_id,
            products.c.title,
            func.array_to_string(variants.c.option_values, " / ").label("choice"),
            variants.c.sku,
            Stock.on_hand,
            Stock.reserved,
            Stock.low_at,
            low.label("low"),
            variants.c.archived_at.is_not(None).label("archived"),
        )
        .join(variants, variants.c.id == Stock.variant_id)
        .join(products, products.c.id == Stock.product_id)
    )


def shelf_of(row: Any) -> Shelf:
    """What a row of `shelves` says."""
    return Shelf(**row._mapping)  # noqa: SLF001 - the documented name of a row's mapping


def story(found: Shelf, after: int | None = None) -> Story:
    """What made the numbers of a shelf, the latest first; `after` is the last line that was shown."""
    rows = db.session.execute(_lines(found.variant_id, after)).all()
    balance = found.on_hand - _since(found.variant_id, rows[0].id if rows else 0)
    movements = []
    for row in rows[:PAGE]:
        told = (row.id, row.at, row.quantity, row.reason, row.note)
        movements.append(Movement(*told, balance, row.number, row.actor_kind, row.name))
        balance -= row.quantity
    following = rows[PAGE - 1].id if len(rows) > PAGE else None
    return Story(_sums(found.variant_id), movements, following, _held(found.variant_id))


def _lines(variant_id: int, after: int | None) -> Select[Any]:
    lines, orders, accounts = _table("order_lines"), _table("orders"), _table("accounts")
    person = StockMovement.actor_id == func.cast(accounts.c.id, StockMovement.actor_id.type)
    asked = (
        select(
            StockMovement.id,
            StockMovement.at,
            StockMovement.quantity,
            StockMovement.reason,
            StockMovement.note,
            StockMovement.actor_kind,
            orders.c.number,
            func.coalesce(func.nullif(accounts.c.name, ""), accounts.c.email).label("name"),
        )
        .outerjoin(lines, lines.c.id == StockMovement.order_line_id)
        .outerjoin(orders, orders.c.id == lines.c.order_id)
        .outerjoin(accounts, StockMovement.actor_kind.in_(("staff", "customer")) & person)
        .where(StockMovement.variant_id == variant_id)
        .order_by(StockMovement.id.desc())
        .limit(PAGE + 1)
    )
    return asked if after is None else asked.where(StockMovement.id < after)


def _since(variant_id: int, movement_id: int) -> int:
    """Units that came and left after a line of the ledger."""
    later = StockMovement.variant_id == variant_id, StockMovement.id > movement_id
    return int(
        db.session.scalar(select(func.coalesce(func.sum(StockMovement.quantity), 0)).where(*later)) or 0
    )


def _sums(variant_id: int) -> list[tuple[str, int, int]]:
    summed = cast(func.sum(StockMovement.quantity), BigInteger)
    rows = db.session.execute(
        select(StockMovement.reason, func.count(), summed)
        .where(StockMovement.variant_id == variant_id)
        .group_by(StockMovement.reason)
        .order_by(summed.desc(), StockMovement.reason)
    )
    return [(reason, times, units) for reason, times, units in rows]


def _held(variant_id: int) -> list[Held]:
    orders = _table("orders")
    rows = db.session.execute(
        select(orders.c.number, orders.c.name, Reservation.quantity, orders.c.placed_at)
        .join(orders, orders.c.id == Reservation.order_id)
        .where(Reservation.variant_id == variant_id, Reservation.state == "held")
        .order_by(orders.c.placed_at, orders.c.id)
    )
    return [Held(*row) for row in rows]


def _table(name: str) -> FromClause:
    return db.Model.metadata.tables[name]
