"""Lists of products: one statement for a page of them, however many rows the shop has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    Select,
    Subquery,
    and_,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by

from storefront.catalog.models import Category, Image, Price, Product, Variant, shelf_places
from storefront.catalog.pictures import PICTURE, Picture
from storefront.catalog.sorting import SORTS, Sort
from storefront.inventory.models import Stock
from storefront.platform import db
from storefront.platform.paging import Cursor

PAGE = 24  # Fills rows of two, three and four.
SKU_FIRST = 10**9  # Above any rank of the text search, which stays below a million here.


@dataclass(frozen=True, slots=True)
class Wish:
    """Which products, in which order, from where on; amounts in minor units."""

    words: str = ""
    least: int | None = None
    most: int | None = None
    in_stock: bool = False
    sort: Sort = SORTS["featured"]
    after: Cursor | None = None
    shelf_id: int | None = None


@dataclass(frozen=True, slots=True)
class Good:
    """A product as it stands on a shelf."""

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


@dataclass(frozen=True, slots=True)
class Goods:
    """One page of a list, and where it goes on."""

    items: Sequence[Good]
    next: Cursor | None


def goods(wish: Wish, currency: str, limit: int = PAGE) -> Goods:
    """The products on sale that fit the wish, with price, picture and stock."""
    measure = _measure(wish)
    chosen = _chosen(wish, measure).limit(limit + 1).subquery("chosen")
    order = wish.sort.order(chosen.c.measure, chosen.c.id)
    rows = db.session.execute(cards(chosen, currency).order_by(*order)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return Goods(
        [card(row, currency) for row in rows[:limit] if row.price is not None],
        Cursor(wish.sort.name, last.measure, last.id) if last else None,
    )


def _measure(wish: Wish) -> ColumnElement[Any]:
    if wish.sort.column is not None:
        return wish.sort.column.expression
    rank = cast(func.ts_rank(Product.search, _query(wish.words)) * 1_000_000, BigInteger)
    return case((_has_sku(wish.words), SKU_FIRST), else_=rank)


def _chosen(wish: Wish, measure: ColumnElement[Any]) -> Select[Any]:
    question = select(Product.id, Product.slug, Product.title, measure.label("measure")).where(
        Product.status == "active", Product.published_at.is_not(None), *_conditions(wish)
    )
    if wish.after:
        question = question.where(wish.sort.beyond(measure, Product.id.expression, wish.after))
    return question.order_by(*wish.sort.order(measure, Product.id.expression))


def _conditions(wish: Wish) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Product.price_from.is_not(None)]
    if wish.words:
        found.append(or_(Product.search.op("@@")(_query(wish.words)), _has_sku(wish.words)))
    if wish.least is not None:
        found.append(Product.price_from >= wish.least)
    if wish.most is not None:
        found.append(Product.price_from <= wish.most)
    if wish.in_stock:
        found.append(_available())
    if wish.shelf_id is not None:
        found.append(Product.id.in_(_on_shelf(wish.shelf_id)))
    return found


def _query(words: str) -> ColumnElement[Any]:
    return func.websearch_to_tsquery("english", words)


def _has_sku(words: str) -> ColumnElement[bool]:
    spelled = {words, words.upper()}
    return exists().where(
        Variant.product_id == Product.id, Variant.sku.in_(sorted(spelled)), Variant.archived_at.is_(None)
    )


def _available() -> ColumnElement[bool]:
    return (
        exists(select(Variant.id).outerjoin(Stock, Stock.variant_id == Variant.id))
        .where(Variant.product_id == Product.id, Variant.archived_at.is_(None))
        .where(or_(~Variant.tracked, Stock.on_hand > Stock.reserved))
    )


def _on_shelf(shelf_id: int) -> Select[tuple[int]]:
    """What stands on a shelf or on one that stands on it."""
    below = select(Category.id).where(Category.id == shelf_id).cte("below", recursive=True)
    below = below.union(select(Category.id).join(below, Category.parent_id == below.c.id))
    return select(shelf_places.c.product_id).where(shelf_places.c.category_id.in_(select(below.c.id)))


def cards(chosen: Subquery, currency: Any) -> Select[Any]:
    """Chosen rows (id, slug, title and more) with what a card says of them."""
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
    sources = chosen.join(offer, true()).outerjoin(picture, true())
    return select(chosen, offer, picture).select_from(sources)


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
    )
