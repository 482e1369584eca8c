"""All products as staff list them, on sale or not: narrowed, sorted, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Text, and_, bindparam, func, literal_column, select, tuple_, union

from storefront.catalog.listing import cards
from storefront.catalog.models import STATUSES, Price, Product, Variant, shelf_places
from storefront.catalog.pictures import Picture
from storefront.catalog.shelving.tree import below
from storefront.config import settings
from storefront.inventory.models import Stock
from storefront.platform import db
from storefront.platform.paging import Cursor, Key

PAGE = 50
MOST = 999
"""Products of one state that are counted; to count a hundred thousand takes longer than to show a page."""
WALKED = ("newest", "title")
"""The orders of which there is an index, so that their first products cost nothing but themselves."""
LOOKED_THROUGH = 2000
"""Of the first products of a list, for words that many have."""
SORTS: dict[str, tuple[Any, type[Key]]] = {
    "newest": (Product.id, int),
    "title": (Product.title, str),
    "price": (func.coalesce(Product.price_from, 0), int),
    "changed": (Product.updated_at, datetime),
}


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody wants to see of the products."""

    words: str = ""
    status: str = ""
    shelf: int | None = None
    units: str = ""
    sort: str = "-newest"
    after: str = ""

    @property
    def narrowed(self) -> bool:
        return bool(self.words or self.shelf or self.units or self.status)


@dataclass(frozen=True, slots=True)
class Single:
    """The one choice of a product that has no others: what can be changed where it stands."""

    variant_id: int
    sku: str
    price: int | None
    tracked: bool
    on_hand: int | None
    reserved: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A product in the list."""

    id: int
    slug: str
    title: str
    status: str
    brand: str
    updated_at: datetime
    picture: Picture | None
    price: int | None
    was: int | None
    starting: bool
    choices: int
    left: int | None
    """None when nobody counts."""
    low: bool
    single: Single | None


def page(sought: Sought, currency: str) -> tuple[list[Row], Cursor | None]:
    """A page of the list, and where it goes on."""
    found = _found(sought)
    rows, further = found[:PAGE], len(found) > PAGE
    if not rows:
        return [], None
    shown = _shown([row.id for row in rows], currency)
    singles = _singles([row.id for row in rows], currency)
    last = rows[-1]
    return [_row(shown[row.id], singles.get(row.id)) for row in rows], (
        Cursor(sought.sort, last.measure, last.id) if further else None
    )


def ids(sought: Sought, most: int) -> list[int]:
    """The ids of all that are meant, at most so many."""
    return list(db.session.scalars(_narrowed(select(Product.id), sought).order_by(Product.id).limit(most)))


def tally() -> dict[str, str]:
    """How many products there are of each state, as far as anybody counts."""
    return {status: str(count) if count <= MOST else f"{MOST}+" for status, count in _counts().items()}


def _counts() -> dict[str, int]:
    heaps = {
        status: select(Product.id).where(Product.status == status).limit(MOST + 1) for status in STATUSES
    }
    counted = [
        select(func.count()).select_from(heap.subquery(status)).scalar_subquery().label(status)
        for status, heap in heaps.items()
    ]
    return dict(db.session.execute(select(*counted)).one()._mapping)  # noqa: SLF001 - the documented name


def _found(sought: Sought) -> Sequence[Any]:
    """A word that many have is found among the first of the list; one that few have, by its index."""
    if sought.words and not sought.units and sought.sort.removeprefix("-") in WALKED:
        found = db.session.execute(_among_the_first(sought)).all()
        if len(found) > PAGE:
            return found
    return db.session.execute(_in_turn(_measured(sought), sought).limit(PAGE + 1)).all()


def _among_the_first(sought: Sought) -> Select[Any]:
    """Walked in the list's order, so that nothing behind a full page is read at all."""
    others = _measured(replace(sought, words="")).add_columns(Product.title)
    first = _in_turn(others, sought).limit(LOOKED_THROUGH).subquery("first")
    like = _like(sought.words)
    coded = select(Variant.id).where(Variant.product_id == first.c.id, Variant.sku.ilike(like)).exists()
    query = select(first.c.id, first.c.measure).where(first.c.title.ilike(like) | coded)
    down = sought.sort.startswith("-")
    order = (first.c.measure.desc(), first.c.id.desc()) if down else (first.c.measure, first.c.id)
    return query.order_by(*order).limit(PAGE + 1)


def _measured(sought: Sought) -> Select[Any]:
    column, _kind = SORTS[sought.sort.removeprefix("-")]
    return _narrowed(select(Product.id, column.label("measure")), sought)


def _in_turn(query: Select[Any], sought: Sought) -> Select[Any]:
    """In the order of the list, from where its last page ended."""
    column, kind = SORTS[sought.sort.removeprefix("-")]
    down = sought.sort.startswith("-")
    if sought.after:
        cursor = Cursor.read(sought.after, sought.sort, kind)
        here, there = tuple_(column, Product.id), tuple_(cursor.value, cursor.id)
        query = query.where(here < there if down else here > there)
    return query.order_by(*((column.desc(), Product.id.desc()) if down else (column, Product.id)))


def _like(words: str) -> str:
    return "%" + words.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"


def _narrowed(query: Select[Any], sought: Sought) -> Select[Any]:
    if sought.words:
        like = _like(sought.words)
        named = select(Product.id).where(Product.title.ilike(like))
        coded = select(Variant.product_id).where(Variant.sku.ilike(like))
        query = query.where(Product.id.in_(union(named, coded)))
    if sought.status:
        query = query.where(Product.status == sought.status)
    if sought.shelf is not None:
        tree = below(sought.shelf)
        there = select(shelf_places.c.product_id).join(tree, tree.c.id == shelf_places.c.category_id)
        query = query.where(Product.id.in_(there))
    if sought.units:
        query = query.where(Product.id.in_(_short(sought.units)))
    return query


def _short(units: str) -> Select[Any]:
    """Products that cannot be had any more, or of which something runs out."""
    counted = (
        select(Variant.product_id)
        .join(Stock, Stock.variant_id == Variant.id)
        .where(Variant.archived_at.is_(None))
    )
    left = Stock.on_hand - Stock.reserved
    if units == "out":
        return counted.group_by(Variant.product_id).having(func.max(left) <= 0)
    return counted.where(left <= func.coalesce(Stock.low_at, settings().few_left)).distinct()


def _shown(product_ids: Sequence[int], currency: str) -> dict[int, Any]:
    more = (Product.status, Product.brand, Product.updated_at)
    chosen = (
        select(Product.id, Product.slug, Product.title, *more)
        .where(Product.id.in_(product_ids))
        .subquery("chosen")
    )
    low = (
        select(literal_column("1"))
        .select_from(Variant)
        .join(Stock, Stock.variant_id == Variant.id)
        .where(Variant.product_id == chosen.c.id, Variant.archived_at.is_(None))
        .where(Stock.on_hand - Stock.reserved <= func.coalesce(Stock.low_at, settings().few_left))
        .exists()
    )
    question = cards(chosen, bindparam("currency", type_=Text)).add_columns(low.label("low"))
    return {row.id: row for row in db.session.execute(question, {"currency": currency})}


def _singles(product_ids: Sequence[int], currency: str) -> dict[int, Single]:
    rows = db.session.execute(
        select(
            Variant.product_id,
            func.count().label("choices"),
            func.min(Variant.id).label("variant_id"),
            func.min(Variant.sku).label("sku"),
            func.min(Price.amount).label("price"),
            func.bool_and(Variant.tracked).label("tracked"),
            func.min(Stock.on_hand).label("on_hand"),
            func.min(Stock.reserved).label("reserved"),
        )
        .outerjoin(Price, and_(Price.variant_id == Variant.id, Price.currency == currency))
        .outerjoin(Stock, Stock.variant_id == Variant.id)
        .where(Variant.product_id.in_(product_ids), Variant.archived_at.is_(None))
        .group_by(Variant.product_id)
        .having(func.count() == 1)
    )
    facts = ("variant_id", "sku", "price", "tracked", "on_hand", "reserved")
    return {row.product_id: Single(*(getattr(row, name) for name in facts)) for row in rows}


def _row(row: Any, single: Single | None) -> Row:
    return Row(
        id=row.id,
        slug=row.slug,
        title=row.title,
        status=row.status,
        brand=row.brand,
        updated_at=row.updated_at,
        picture=Picture.of(row),
        price=row.price,
        was=row.was,
        starting=row.price is not None and row.dearest > row.price,
        choices=row.choices,
        left=int(row.units) if row.counted or not row.choices else None,
        low=row.low,
        single=single,
    )
