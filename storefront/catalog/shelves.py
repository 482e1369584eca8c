"""Questions about shelves: the top ones for every page, and one with its path and what stands below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, Select, Text, bindparam, literal, select, union_all

from storefront.catalog.models import Category
from storefront.platform import db
from storefront.platform.asking import Question

MOST_ON_TOP = 12  # More would not fit a header; the others are reached from their parents and by search.
MAX_DEPTH = 20
ON_TOP = -2  # The height by which one statement tells the header's shelves from those around a shelf.
REMEMBERED = "shelves_on_top"

Every = Select[*tuple[Any, ...]]


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
    """The shelves of the header; whoever looked up a shelf in this request has them already."""
    known: list[Shelf] | None = db.session().info.get(REMEMBERED)
    return _remember(_FIRST.ask()) if known is None else known


def _remember(rows: Sequence[Row[Any]]) -> list[Shelf]:
    found = [_shelf(row) for row in sorted(rows, key=lambda row: (row.position, row.title))]
    db.session().info[REMEMBERED] = found
    return found


def named(slug: str) -> Place | None:
    """Where the shelf with this slug stands."""
    if "\0" in slug:  # PostgreSQL's texts hold every character but this one.
        return None
    return _place(_BY_SLUG, slug)


def numbered(category_id: int) -> Place | None:
    """Where the shelf with this id stands."""
    return _place(_BY_ID, category_id)


def every_shelf() -> Sequence[Category]:
    """All of them, as neighbours stand beside each other."""
    query = select(Category).order_by(Category.position, Category.title)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def shelf_with_id(category_id: int) -> Category | None:
    """One of them, as it is now."""
    return db.session.get(Category, category_id, populate_existing=True)


def _place(question: Question, key: Any) -> Place | None:
    rows = question.ask({"key": key})
    _remember([row for row in rows if row.height == ON_TOP])
    here = [row for row in rows if row.height == 0]
    if not here:
        return None
    above = sorted((row for row in rows if row.height > 0), key=lambda row: -row.height)
    below = sorted((row for row in rows if row.height == -1), key=lambda row: (row.position, row.title))
    return Place(_shelf(here[0]), tuple(map(_shelf, above)), tuple(map(_shelf, below)))


def _columns(height: ColumnElement[int], description: ColumnElement[str] | None = None) -> Every:
    """What is asked of shelves; of most without their description."""
    told = literal("") if description is None else description
    columns = (Category.id, Category.parent_id, Category.slug, Category.title, Category.position)
    return select(*columns, told.label("description"), height.label("height"))


def _first() -> Every:
    return (
        _columns(literal(ON_TOP))
        .where(Category.parent_id.is_(None))
        .order_by(Category.position, Category.title)
        .limit(MOST_ON_TOP)
    )


def _around(which: ColumnElement[bool]) -> Every:
    """A shelf (height 0), those it stands on (1 and up), those that stand on it (-1), and the header's."""
    path = _columns(literal(0), Category.description.expression).where(which)
    up = path.cte("up", recursive=True)
    up = up.union_all(
        _columns(up.c.height + 1).join(up, up.c.parent_id == Category.id).where(up.c.height < MAX_DEPTH)
    )
    children = _columns(literal(-1)).join(up, Category.parent_id == up.c.id).where(up.c.height == 0)
    first = select(_first().subquery("first"))
    return select(union_all(select(up), children, first).subquery("around"))


def _shelf(row: Row[Any]) -> Shelf:
    return Shelf(row.id, row.slug, row.title, row.description)


# Made once: to make them takes longer than to ask them.
_FIRST = Question(_first())
_BY_SLUG = Question(_around(Category.slug == bindparam("key", type_=Text)))
_BY_ID = Question(_around(Category.id == bindparam("key", type_=BigInteger)))
