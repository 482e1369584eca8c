"""Questions about shelves: the top ones for every page, and one with its path and what stands below it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, literal, select, union_all

from storefront.catalog.models import Category
from storefront.platform import db

MOST_ON_TOP = 12  # More would not fit a header; the others are reached from their parents and by search.
MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category as a link."""

    id: int
    slug: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A shelf, the shelves it stands on (outermost first) and those that stand on it."""

    shelf: Shelf
    above: tuple[Shelf, ...]
    below: tuple[Shelf, ...]


def on_top() -> list[Shelf]:
    """The shelves of the header."""
    rows = db.session.execute(
        select(Category.id, Category.slug, Category.title)
        .where(Category.parent_id.is_(None))
        .order_by(Category.position, Category.title)
        .limit(MOST_ON_TOP)
    )
    return [Shelf(row.id, row.slug, row.title) for row in rows]


def named(slug: str) -> Place | None:
    """Where the shelf with this slug stands."""
    if "\0" in slug:  # PostgreSQL's texts hold every character but this one.
        return None
    return _place(Category.slug == slug)


def numbered(category_id: int) -> Place | None:
    """Where the shelf with this id stands."""
    return _place(Category.id == category_id)


def _place(which: ColumnElement[bool]) -> Place | None:
    rows = db.session.execute(_around(which)).all()
    here = [row for row in rows if row.height == 0]
    if not here:
        return None
    above = sorted((row for row in rows if row.height > 0), key=lambda row: -row.height)
    below = sorted((row for row in rows if row.height < 0), key=lambda row: (row.position, row.title))
    return Place(_shelf(here[0]), tuple(map(_shelf, above)), tuple(map(_shelf, below)))


def _around(which: ColumnElement[bool]) -> Select[Any]:
    """One statement for a shelf (height 0), those it stands on (1 and up) and those that stand on it (-1)."""
    columns = (Category.id, Category.parent_id, Category.slug, Category.title, Category.position)
    path = select(*columns, Category.description, literal(0).label("height")).where(which)
    up = path.cte("up", recursive=True)
    up = up.union_all(
        select(*columns, literal("").label("description"), up.c.height + 1)
        .join(up, up.c.parent_id == Category.id)
        .where(up.c.height < MAX_DEPTH)
    )
    children = (
        select(*columns, literal("").label("description"), literal(-1))
        .join(up, Category.parent_id == up.c.id)
        .where(up.c.height == 0)
    )
    return select(union_all(select(up), children).subquery("around"))


def _shelf(row: Row[Any]) -> Shelf:
    return Shelf(row.id, row.slug, row.title, row.description)
