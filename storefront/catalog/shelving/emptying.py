"""Move all that stands on one shelf to another. Part of a change that holds the tree."""

from sqlalchemy import delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from storefront.catalog.locks import lock_products
from storefront.catalog.models import Category, FormerSlug, Product, shelf_places
from storefront.platform import audit, db


def move_all(category_id: int, target_id: int) -> None:
    """Its products, the shelves on it, and the addresses that lead to it."""
    _move_products(category_id, target_id)
    _move_shelves(category_id, target_id)
    session = db.inside().session
    theirs = update(FormerSlug).where(FormerSlug.category_id == category_id)
    session.execute(theirs.values(category_id=target_id))


def _move_products(category_id: int, target_id: int) -> None:
    session, here = db.inside().session, shelf_places.c.category_id == category_id
    ids = lock_products(session.scalars(select(shelf_places.c.product_id).where(here)))
    moved = select(literal(target_id), shelf_places.c.product_id).where(here)
    put = insert(shelf_places).from_select(["category_id", "product_id"], moved)
    session.execute(put.on_conflict_do_nothing())
    session.execute(delete(shelf_places).where(here))
    main = update(Product).where(Product.category_id == category_id)
    session.execute(main.values(category_id=target_id))
    changed = update(Product).where(Product.id.in_(ids)).values(version=Product.version + 1)
    for product_id, version in sorted(session.execute(changed.returning(Product.id, Product.version)).all()):
        audit.note("products", product_id, {"shelf": category_id}, {"shelf": target_id}, version)
    db.inside().tag(*(f"product:{product_id}" for product_id in ids), f"category:{target_id}")


def _move_shelves(category_id: int, target_id: int) -> None:
    """Raises IntegrityError when a shelf of the same name stands there: `collisions` says so."""
    session, here = db.inside().session, Category.parent_id == category_id
    last = session.scalar(select(func.max(Category.position)).where(Category.parent_id == target_id)) or 0
    for place, child in enumerate(session.scalars(select(Category.id).where(here).order_by(Category.id)), 1):
        moved = update(Category).where(Category.id == child)
        values = {"parent_id": target_id, "position": last + place, "version": Category.version + 1}
        version = session.execute(moved.values(**values).returning(Category.version)).scalar_one()
        audit.note("categories", child, {"parent_id": category_id}, {"parent_id": target_id}, version)
