"""The lowest price of a product, kept on its row so that lists can sort by it."""

from sqlalchemy import func, select, update

from storefront.catalog.models import Price, Product, Variant
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
