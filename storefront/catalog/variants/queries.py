"""Questions about a product's choices, as staff see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from storefront.catalog import pricing
from storefront.catalog.models import Variant
from storefront.catalog.pricing import Cost
from storefront.inventory.models import Stock
from storefront.platform import db


@dataclass(frozen=True, slots=True)
class Stocked:
    """A variant, what it costs, and how many there are; None for what nobody counts."""

    Variant: Variant
    cost: Cost | None
    on_hand: int | None
    reserved: int | None


def of_product(product_id: int, currency: str) -> Sequence[Stocked]:
    """All choices of a product in their order, also those that are sold no more."""
    rows = db.session.execute(
        select(Variant, Stock.on_hand, Stock.reserved)
        .outerjoin(Stock, Stock.variant_id == Variant.id)
        .where(Variant.product_id == product_id)
        .order_by(Variant.archived_at.is_not(None), Variant.position, Variant.id)
    ).all()
    costs = pricing.costs_of(product_id, currency)
    return [Stocked(row.Variant, costs.get(row.Variant.id), row.on_hand, row.reserved) for row in rows]


def product_of(variant_id: int) -> int | None:
    """The product that a variant belongs to."""
    return db.session.scalar(select(Variant.product_id).where(Variant.id == variant_id))
