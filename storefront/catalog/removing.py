"""What can be forgotten altogether: what no order and no line of the ledger tells of."""

from typing import Any

from sqlalchemy import Select, delete, select

from storefront.catalog.locks import lock_variants
from storefront.catalog.models import Variant
from storefront.catalog.refusals import NotDeletable
from storefront.inventory import stock
from storefront.inventory.models import Reservation, StockMovement
from storefront.platform import audit, db


def variants_of(product_id: int) -> None:
    """Forget all choices of a product. Raises NotDeletable. Part of a change that holds the product."""
    ids = lock_variants(product_id)
    remove(ids)


def remove(ids: list[int]) -> None:
    """Forget choices that are locked. Raises NotDeletable. Part of a change."""
    session = db.inside().session
    if _any(select(_lines().c.variant_id).where(_lines().c.variant_id.in_(ids))):
        raise NotDeletable(sold=True)
    told = select(StockMovement.id).where(StockMovement.variant_id.in_(ids))
    if _any(told) or _any(select(Reservation.id).where(Reservation.variant_id.in_(ids))):
        raise NotDeletable(sold=False)
    skus = session.execute(select(Variant.id, Variant.sku).where(Variant.id.in_(ids))).all()
    for variant_id in sorted(ids):
        stock.close_shelf(variant_id)
    session.execute(delete(Variant).where(Variant.id.in_(ids)))
    for variant_id, sku in skus:
        audit.note("variants", variant_id, {"sku": sku}, None)


def _any(question: Select[Any]) -> bool:
    return db.inside().session.execute(question.limit(1)).first() is not None


def _lines() -> Any:
    return db.Model.metadata.tables["order_lines"]  # A lower domain knows orders by their tables alone.
