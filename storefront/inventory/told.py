"""Units on shelves as programs are told of them."""

from typing import Any

from sqlalchemy import func, select

from storefront.inventory.models import Stock, StockMovement
from storefront.inventory.schemas import AdjustmentTold, LevelTold
from storefront.platform import db


def levels(after: int, most: int, product_id: int | None = None) -> list[LevelTold]:
    """By ascending variant."""
    query = select(Stock).where(Stock.variant_id > after).order_by(Stock.variant_id).limit(most)
    if product_id is not None:
        query = query.where(Stock.product_id == product_id)
    return [_level(found) for found in _read(query)]


def level(variant_id: int) -> LevelTold | None:
    """Of one variant; None when nobody counts it."""
    return next((_level(found) for found in _read(select(Stock).where(Stock.variant_id == variant_id))), None)


def adjustments(after: int, most: int, variant_id: int | None = None) -> list[AdjustmentTold]:
    """The ledger, by ascending id."""
    query = select(StockMovement).where(StockMovement.id > after).order_by(StockMovement.id).limit(most)
    if variant_id is not None:
        query = query.where(StockMovement.variant_id == variant_id)
    return [_adjustment(found) for found in _read(query)]


def adjustment(adjustment_id: int) -> AdjustmentTold | None:
    """One line of the ledger."""
    return next(iter(adjustments(adjustment_id - 1, 1)), None)


def last_of(variant_id: int) -> int:
    """The line that was written just now. Part of a change, which holds the shelf."""
    latest = select(func.max(StockMovement.id)).where(StockMovement.variant_id == variant_id)
    found: int = db.session.execute(latest).scalar_one()
    return found


def _read(query: Any) -> Any:
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def _level(found: Stock) -> LevelTold:
    return LevelTold(**{name: getattr(found, name) for name in LevelTold.model_fields})


def _adjustment(found: StockMovement) -> AdjustmentTold:
    same = ("id", "variant_id", "quantity", "reason", "order_line_id", "note", "at")
    by = f"{found.actor_kind} {found.actor_id or ''}".strip()
    return AdjustmentTold(**{name: getattr(found, name) for name in same}, by=by)
