"""Which addresses crawlers are told of, cut by id into sheets that cost the same in a shop of any size."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, cast, func, literal, null, select, union_all

from storefront.catalog.models import Category, Product
from storefront.catalog.shown import SHOWN
from storefront.platform import db

SHEET = 10_000  # ids, so never more addresses; the protocol allows 50,000 and 50 MB
MOST_SHEETS = 10**9

_SLUGS: dict[str, Any] = {
    "shelves": select(Category.id, Category.slug, cast(null(), Product.updated_at.type).label("updated_at")),
    "products": select(Product.id, Product.slug, Product.updated_at).where(SHOWN),
}
KINDS = tuple(_SLUGS)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of the sitemap: what it lists, its number, and when something on it changed last."""

    kind: str
    number: int
    changed: datetime | None


def sheets() -> list[Sheet]:
    """Every sheet that is not empty, shelves first."""
    rows = db.session.execute(union_all(*map(_numbers, KINDS)))
    found = [Sheet(row.kind, row.number, row.changed) for row in rows]
    return sorted(found, key=lambda sheet: (KINDS.index(sheet.kind), sheet.number))


def slugs(kind: str, number: int) -> list[tuple[str, datetime | None]]:
    """What stands on a sheet, by id, and when each thing changed last."""
    wanted = _SLUGS[kind].subquery()
    rows = db.session.execute(
        select(wanted.c.slug, wanted.c.updated_at)
        .where(wanted.c.id.between(number * SHEET, number * SHEET + SHEET - 1))
        .order_by(wanted.c.id)
    )
    return [(row.slug, row.updated_at) for row in rows]


def _numbers(kind: str) -> Select[Any]:
    things = _SLUGS[kind].subquery()
    number = (things.c.id // literal(SHEET)).label("number")
    changed = func.max(things.c.updated_at).label("changed")
    return select(literal(kind).label("kind"), number, changed).group_by(number)
