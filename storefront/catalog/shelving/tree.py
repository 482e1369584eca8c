"""What stands on a shelf and below it, and where a shelf may go. Part of a change, or a question."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import CTE, BigInteger, func, literal, select

from storefront.catalog.locks import lock_products
from storefront.catalog.models import Category, shelf_places
from storefront.catalog.refusals import BadWish
from storefront.catalog.searching import index
from storefront.catalog.shelves import MAX_DEPTH
from storefront.platform import db, jobs

AT_ONCE = 50
"""Products whose entries are written anew while somebody waits; the others follow by the worker."""


def below(category_id: int) -> CTE:
    """A shelf and all that stand on it, however deep, and how deep."""
    here = select(Category.id, literal(0, BigInteger).label("depth"))
    tree = here.where(Category.id == category_id).cte("below", recursive=True)
    down = select(Category.id, tree.c.depth + 1).join(tree, Category.parent_id == tree.c.id)
    return tree.union_all(down.where(tree.c.depth < MAX_DEPTH))


def above(category_id: int | None) -> list[int]:
    """A shelf and all it stands on, the outermost last."""
    path: list[int] = []
    while category_id is not None and len(path) <= MAX_DEPTH:
        path.append(category_id)
        category_id = db.session.scalar(select(Category.parent_id).where(Category.id == category_id))
    return path


def check_place(category_id: int, parent_id: int | None) -> None:
    """Refuse a place on itself, or too deep. Raises BadWish. Part of a change that holds the tree."""
    path = above(parent_id)
    if category_id in path:
        raise BadWish("parent", _("A shelf cannot stand on itself."))
    tree = below(category_id)
    height: Any = db.session.scalar(select(func.max(tree.c.depth)))
    if len(path) + (height or 0) >= MAX_DEPTH:
        raise BadWish("parent", _("Shelves stand on each other %(most)s deep at most.", most=MAX_DEPTH))


def products_below(category_id: int) -> list[int]:
    """The ids of all products on a shelf or below it, ascending."""
    tree = below(category_id)
    there = select(shelf_places.c.product_id).join(tree, tree.c.id == shelf_places.c.category_id)
    return list(db.session.scalars(there.distinct().order_by(shelf_places.c.product_id)))


def find_again(category_id: int, products: Iterable[int]) -> None:
    """Let lists and searches know products by their shelves as they are now. Part of a change."""
    ids = sorted(products)
    if len(ids) > AT_ONCE:
        jobs.defer_apart("catalog.find_again", category_id=category_id)
        return
    for product_id in lock_products(ids):
        index.refresh(product_id)
        db.inside().tag(f"product:{product_id}")
