"""Lists of products: one statement for a page of them, however many rows the shop has."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    Select,
    Subquery,
    Text,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.sql.selectable import LateralFromClause

from storefront.catalog.models import Image, Price, Swatch, Variant
from storefront.catalog.picking import COLUMNS, page_of
from storefront.catalog.pictures import PICTURE, Picture
from storefront.catalog.ratings import Rating
from storefront.catalog.searching.marking import START, Pieces, pieces
from storefront.catalog.searching.sieving import UNSIEVED, Sieved
from storefront.catalog.sorting import Sort
from storefront.catalog.wishes import Wish
from storefront.inventory.models import Stock
from storefront.platform import db
from storefront.platform.asking import Question
from storefront.platform.paging import Cursor

PAGE = 24  # Fills rows of two, three and four.


class Good(NamedTuple):
    """A product as it stands on a shelf; a tuple, for its card is looked up by all that it says."""

    id: int
    slug: str
    title: str
    picture: Picture | None
    price: int
    currency: str
    was: int | None
    starting: bool
    """Whether other choices of it cost more."""
    choices: int
    left: int | None
    """Units of all its choices together; None when nobody counts them."""
    colours: tuple[tuple[str, str], ...] = ()
    """The colours it comes in, by their names, in the merchant's order."""
    rating: Rating | None = None
    marked: Pieces = ()
    """Its title, with what a search found in it marked."""
    about: Pieces = ()
    """What else of it a search found."""
    code: str | None = None
    """The article number that was searched for."""


@dataclass(frozen=True, slots=True)
class Goods:
    """One page of a list, and where it goes on."""

    items: Sequence[Good]
    next: Cursor | None


def goods(wish: Wish, currency: str, limit: int = PAGE, sieved: Sieved = UNSIEVED) -> Goods:
    """The products on sale that fit the wish and came through its sieve, with price, picture and stock."""
    if not sieved.total:
        return Goods([], None)
    found, values = page_of(wish, sieved)
    question = _question(found, wish.sort.order("chosen.measure", "chosen.id"))
    rows = question.ask(values | {"currency": currency, "limit": limit + 1})
    last = rows[limit - 1] if len(rows) > limit else None
    return Goods(
        [_found(row, currency) for row in rows[:limit] if row.price is not None],
        Cursor(wish.sort.name, last.measure, last.id) if last else None,
    )


def has_row(sort: Sort, cursor: Cursor) -> bool:
    """Whether the cursor is one that a list in this order gave out: some product stands there."""
    if not sort.column:  # How well something fits depends on the words.
        return False
    row = text(f"SELECT FROM search_entries WHERE product_id = :id AND {sort.column} = :value")
    values = {"id": cursor.id, "value": cursor.value}
    return db.session.connection().execute(row, values).first() is not None


@lru_cache(maxsize=500)
def _question(found: str, order: str) -> Question:
    """Cards of what SQL finds; made once, for making it takes longer than asking."""
    chosen = text(found).columns(**COLUMNS).subquery("chosen")
    by: ColumnElement[Any] = literal_column(order)
    return Question(cards(chosen, bindparam("currency", type_=Text)).order_by(by))


def _found(row: Row[Any], currency: str) -> Good:
    """A card that says what of it was found."""
    good = card(row, currency)
    if row.marked is None and row.code is None:
        return good
    return good._replace(
        marked=pieces(row.marked or ""),
        about=pieces(row.about) if row.about and START in row.about else (),
        code=row.code,
    )


def cards(chosen: Subquery, currency: Any) -> Select[Any]:
    """Chosen rows (id, slug, title, rating and more) with what a card says of them."""
    cheapest_first = aggregate_order_by(Price.compare_at, Price.amount, Variant.position)
    offer = (
        select(
            func.min(Price.amount).label("price"),
            func.max(Price.amount).label("dearest"),
            func.array_agg(cheapest_first, type_=ARRAY(BigInteger))[1].label("was"),
            func.count().label("choices"),
            func.bool_and(Variant.tracked).label("counted"),
            func.coalesce(func.sum(Stock.on_hand - Stock.reserved), 0).label("units"),
        )
        .select_from(Variant)
        .join(Price, and_(Price.variant_id == Variant.id, Price.currency == currency))
        .outerjoin(Stock, Stock.variant_id == Variant.id)
        .where(Variant.product_id == chosen.c.id, Variant.archived_at.is_(None))
        .lateral("offer")
    )
    picture = (
        select(*PICTURE)
        .where(Image.product_id == chosen.c.id, Image.file.is_not(None))
        .order_by(Image.position, Image.id)
        .limit(1)
        .lateral("picture")
    )
    colours = _colours(chosen.c.id)
    sources = chosen.join(offer, true()).outerjoin(picture, true()).join(colours, true())
    return select(chosen, offer, picture, colours).select_from(sources)


def _colours(product_id: ColumnElement[int]) -> LateralFromClause:
    """The choices that have a colour: name and colour of each variant, one after the other."""
    value = func.unnest(Variant.option_values).table_valued("title").render_derived(name="value")
    said = aggregate_order_by(value.c.title + "\n" + Swatch.colour, Variant.position)
    return (
        select(func.array_agg(said, type_=ARRAY(Text)).label("colours"))
        .select_from(Variant)
        .join(value, true())
        .join(Swatch, Swatch.name == func.lower(value.c.title))
        .where(Variant.product_id == product_id, Variant.archived_at.is_(None))
        .lateral("colours")
    )


def card(row: Row[Any], currency: str) -> Good:
    """What a row of `cards` says."""
    return Good(
        id=row.id,
        slug=row.slug,
        title=row.title,
        picture=Picture.of(row),
        price=row.price,
        currency=currency,
        was=row.was,
        starting=row.dearest > row.price,
        choices=row.choices,
        left=int(row.units) if row.counted else None,
        colours=_pairs(row.colours or ()),
        rating=Rating.of(row.rating_average, row.rating_count),
    )


def _pairs(said: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Each name once, with its colour."""
    parts = [pair.rpartition("\n") for pair in dict.fromkeys(said)]
    return tuple((name, colour) for name, _gap, colour in parts)
