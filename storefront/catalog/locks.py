"""The locks of the catalog: a product's row, its variants' rows, and the tree of shelves."""

from collections.abc import Iterable

from sqlalchemy import select, text

from storefront.catalog.models import Product, Variant
from storefront.platform import db

TREE_LOCK = 0x74726565  # "tree": held by whoever moves shelves, so that no two moves make a circle
_HOLD_TREE = text("SELECT pg_advisory_xact_lock(:tree)")


def lock_product(product_id: int) -> bool:
    """Lock the product, so that what is read next stays so; False when it is gone. Part of a change.

    Order lines refer to variants, so the lock leaves foreign-key checks alone (NO KEY).
    """
    wanted = select(Product.id).where(Product.id == product_id).with_for_update(key_share=True)
    return db.inside().session.scalar(wanted) is not None


def lock_products(ids: Iterable[int]) -> list[int]:
    """Lock several by ascending id; those that are still there. Part of a change."""
    wanted = select(Product.id).where(Product.id.in_(sorted(ids))).order_by(Product.id)
    return list(db.inside().session.scalars(wanted.with_for_update(key_share=True)))


def lock_variants(product_id: int) -> list[int]:
    """Lock all variants of a product by ascending id, for edits of what is unique. Part of a change.

    The caller holds the product.
    """
    wanted = select(Variant.id).where(Variant.product_id == product_id).order_by(Variant.id)
    return list(db.inside().session.scalars(wanted.with_for_update(key_share=True)))


def lock_tree() -> None:
    """From here on nobody else moves or removes shelves. Before any product. Part of a change."""
    db.inside().execute(_HOLD_TREE, {"tree": TREE_LOCK})
