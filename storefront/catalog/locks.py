"""The one lock of the catalog: a product's row, for whoever changes the product or its variants."""

from sqlalchemy import select

from storefront.catalog.models import Product
from storefront.platform import db


def lock_product(product_id: int) -> bool:
    """Lock the product, so that what is read next stays so; False when it is gone. Part of a change.

    Order lines refer to variants, so the lock leaves foreign-key checks alone (NO KEY).
    """
    wanted = select(Product.id).where(Product.id == product_id).with_for_update(key_share=True)
    return db.inside().session.scalar(wanted) is not None
