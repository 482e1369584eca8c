"""Lists of products: one statement for a page of them, however many rows the shop has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    BigInteger,
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

from storefront.catalog.models import Image, Price, Variant
from storefront.catalog.pictures import PICTURE, Picture
from storefront.catalog.searching.sieving import EVERYTHING, Choices, Sieved
from storefront.catalog.sorting import SORTS, Sort
from storefront.inventory.models import Stock
from storefront.platform import db
from storefront.platform.paging import Cursor

PAGE = 24  # Fills rows of two, three and four.
FEW = 3000
"""Up to here all products that fit are found by the indexes of what they have in common, and sorted. From
here on the list's own order is walked: some on the way do not fit, but soon a page is full."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which products, in which order, from where on; amounts in minor units."""

    words: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    least: int | None = None
    most: int | None = None
    in_stock: bool = False
    sort: Sort = SORTS["featured"]
    after: Cursor | None = None

    @property
    def choices(self) -> Choices:
        """What of it the sieve understands."""
        return Choices(self.facets, self.least, self.most, self.in_stock)


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


def goods(wish: Wish, currency: str, limit: int = PAGE, sieved: Sieved = EVERYTHING) -> Goods:
    """The products on sale that fit the wish and came through its sieve, with price, picture and stock."""
    if not sieved.total:
        return Goods([], None)
    question, values = _chosen(wish, sieved, limit + 1)
    columns = {"id": BigInteger, "slug": Text, "title": Text, "about": Text, "measure": None}
    chosen = text(question).columns(**columns).subquery("chosen")
    order = literal_column(wish.sort.order("chosen.measure", "chosen.id"))
    rows = db.session.execute(cards(chosen, currency).order_by(order), values).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return Goods(
        [card(row, currency) for row in rows[:limit] if row.price is not None],
        Cursor(wish.sort.name, last.measure, last.id) if last else None,
    )


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
