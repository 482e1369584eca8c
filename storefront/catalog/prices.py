"""The lowest price of a product, kept on its row so that lists can sort by it; and the price of a moment."""

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update

from storefront.catalog.models import Price, Product, Variant
from storefront.catalog.scheduling.models import Sale
from storefront.platform import db
from storefront.shop.models import Shop


def refresh(product_id: int) -> None:
    """Look again at what the product's variants on sale cost. Part of a change."""
    lowest = (
        select(func.min(Price.amount))
        .join(Variant, Variant.id == Price.variant_id)
        .where(Variant.product_id == product_id, Variant.archived_at.is_(None))
        .where(Price.currency == select(Shop.currency).scalar_subquery())
    )
    db.inside().session.execute(
        update(Product).where(Product.id == product_id).values(price_from=lowest.scalar_subquery())
    )


def at_this_moment() -> ColumnElement[int]:
    """What a row of `prices` is charged at now, to the second; for whoever charges money by it.

    A sale is begun and ended by the worker, a few seconds late at most. The till does not wait for it.
    """
    due = and_(Sale.usual_amount.is_(None), Sale.starts_at <= func.now())
    over = and_(Sale.usual_amount.is_not(None), Sale.ends_at <= func.now(), Price.amount == Sale.amount)
    going = or_(Sale.ends_at.is_(None), Sale.ends_at > func.now())
    meant = case((and_(due, going), Sale.amount), (over, Sale.usual_amount))
    planned = select(meant).where(Sale.variant_id == Price.variant_id, Sale.currency == Price.currency)
    return func.coalesce(planned.correlate(Price).scalar_subquery(), Price.amount)
