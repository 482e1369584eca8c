"""The whole tree of shelves, as staff see it and choose from it."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select

from storefront.catalog.models import Category, shelf_places
from storefront.platform import db


@dataclass(frozen=True, slots=True)
class Branch:
    """A shelf in the order of the tree, with its path in words and what stands on it."""

    id: int
    parent_id: int | None
    slug: str
    title: str
    path: str
    depth: int
    version: int
    products: int
    first: bool
    last: bool
    """Whether it has no neighbour before, or after it."""


def branches(*, counted: bool = False) -> list[Branch]:
    """All shelves, each followed by those that stand on it; on request with how many products they hold."""
    columns = (Category.id, Category.parent_id, Category.slug, Category.title, Category.version)
    rows = db.session.execute(select(*columns).order_by(Category.position, Category.title)).all()
    by_parent = defaultdict(list)
    for row in rows:
        by_parent[row.parent_id].append(row)
    products = _counts() if counted else {}
    found: list[Branch] = []

    def grow(parent_id: int | None, path: str, depth: int) -> None:
        children = by_parent[parent_id]
        for place, row in enumerate(children):
            name = f"{path} > {row.title}" if path else row.title
            ends = place == 0, place == len(children) - 1
            facts = (row.id, row.parent_id, row.slug, row.title, name, depth, row.version)
            found.append(Branch(*facts, products.get(row.id, 0), *ends))
            grow(row.id, name, depth + 1)

    grow(None, "", 0)
    return found


def _counts() -> dict[int, int]:
    rows = select(shelf_places.c.category_id, func.count()).group_by(shelf_places.c.category_id)
    return dict(db.session.execute(rows).all())
