"""Questions about reviews: what a product's page tells, and what its author sees of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, text

from storefront.catalog.models import Product
from storefront.catalog.sorting import Sort
from storefront.platform import db
from storefront.platform.paging import Cursor
from storefront.reviews.buying import bought
from storefront.reviews.models import MOST_STARS, Review

PAGE = 8
OWN_PAGE = 20
_PUBLISHED = Review.state == "published"
_VERIFIED = bought(Review.account_id, Review.product_id).label("verified")


@dataclass(frozen=True, slots=True)
class Said:
    """A review as everybody reads it."""

    id: int
    rating: int
    title: str
    text: str
    author: str
    published_at: datetime
    verified: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some reviews, and where they go on."""

    items: Sequence[Any]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class Own:
    """A review as its author sees it, with the product it speaks of."""

    review: Review
    title: str
    slug: str
    on_sale: bool


def of_product(product_id: int, sort: Sort, stars: int | None = None, after: Cursor | None = None) -> Page:
    """What is published of a product, in this order; `stars` leaves only those that give so many."""
    columns = [getattr(Review, name) for name in Said.__slots__ if name != "verified"]
    query = select(*columns, _VERIFIED).where(Review.product_id == product_id, _PUBLISHED)
    if stars is not None:
        query = query.where(Review.rating == stars)
    if after is not None:
        query = query.where(_beyond(sort, after))
    rows = db.session.execute(query.order_by(text(sort.order(sort.column, "id"))).limit(PAGE + 1)).all()
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(
        [Said(**row._asdict()) for row in rows[:PAGE]],
        Cursor(sort.name, getattr(last, sort.column), last.id) if last else None,
    )


def has_row(product_id: int, sort: Sort, cursor: Cursor) -> bool:
    """Whether the cursor is one that this list gave out: a review stands there."""
    column = getattr(Review, sort.column)
    query = select(Review.id).where(Review.product_id == product_id, _PUBLISHED, column == cursor.value)
    return db.session.scalar(query.where(Review.id == cursor.id)) is not None


def tally(product_id: int) -> dict[int, int]:
    """How many published reviews give how many stars, the most stars first."""
    rows = db.session.execute(
        select(Review.rating, func.count().label("reviews"))
        .where(Review.product_id == product_id, _PUBLISHED)
        .group_by(Review.rating)
    )
    found = {row.rating: int(row.reviews) for row in rows}
    return {stars: found.get(stars, 0) for stars in range(MOST_STARS, 0, -1)}


def own(account_id: int, after: int | None = None) -> tuple[Sequence[Own], int | None]:
    """Somebody's reviews, the latest first, and the id after which they go on."""
    query = _own(account_id).order_by(Review.id.desc()).limit(OWN_PAGE + 1)
    if after is not None:
        query = query.where(Review.id < after)
    found = [_owned(row) for row in db.session.execute(query)]
    return found[:OWN_PAGE], found[OWN_PAGE - 1].review.id if len(found) > OWN_PAGE else None


def own_with_id(account_id: int, review_id: int) -> Own | None:
    """One of somebody's reviews; nobody else's is found."""
    row = db.session.execute(_own(account_id).where(Review.id == review_id)).first()
    return _owned(row) if row else None


def own_of_product(account_id: int, product_id: int) -> int | None:
    """The id of somebody's review of a product."""
    query = select(Review.id).where(Review.account_id == account_id, Review.product_id == product_id)
    return db.session.scalar(query)


def is_verified(account_id: int, product_id: int) -> bool:
    """Whether they bought it."""
    return bool(db.session.scalar(select(bought(account_id, product_id))))


def _own(account_id: int) -> Select[*tuple[Any, ...]]:
    product = (Product.title, Product.slug, (Product.status == "active").label("on_sale"))
    mine = select(Review, *product).where(Review.account_id == account_id)
    return mine.join(Product, Product.id == Review.product_id)


def _owned(row: Any) -> Own:
    return Own(row.Review, row.title, row.slug, row.on_sale)


def _beyond(sort: Sort, after: Cursor) -> ColumnElement[bool]:
    beyond = text(sort.beyond(f"reviews.{sort.column}", "reviews.id"))
    return beyond.bindparams(after_value=after.value, after_id=after.id)  # type: ignore[return-value]  # It is a condition.
