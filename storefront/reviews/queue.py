"""Questions of staff about reviews: what waits to be read, and what became of the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_

from storefront.catalog.models import Product
from storefront.platform import db
from storefront.platform.paging import Cursor
from storefront.reviews.buying import bought
from storefront.reviews.models import STATES, Review

PAGE = 20
_VERIFIED = bought(Review.account_id, Review.product_id).label("verified")


@dataclass(frozen=True, slots=True)
class Read:
    """A review as staff read it."""

    review: Review
    product: str
    slug: str
    verified: bool


def queue(state: str, after: Cursor | None = None) -> tuple[Sequence[Read], Cursor | None]:
    """Reviews in this state: those that wait by age, the others from the latest on."""
    waiting, moment = state == "pending", (Review.changed_at, Review.id)
    query = select(Review, Product.title, Product.slug, _VERIFIED).join(
        Product, Product.id == Review.product_id
    )
    query = query.where(Review.state == state).limit(PAGE + 1)
    query = query.order_by(*(column if waiting else column.desc() for column in moment))
    if after is not None:
        place, reached = tuple_(*moment), tuple_(after.value, after.id)
        query = query.where(place > reached if waiting else place < reached)
    rows = [Read(*row) for row in db.session.execute(query)]
    last = rows[PAGE - 1].review if len(rows) > PAGE else None
    return rows[:PAGE], Cursor(state, last.changed_at, last.id) if last else None


def with_id(review_id: int) -> Read | None:
    """One review, whatever its state."""
    query = select(Review, Product.title, Product.slug, _VERIFIED).join(
        Product, Product.id == Review.product_id
    )
    row = db.session.execute(query.where(Review.id == review_id)).first()
    return Read(*row) if row else None


def is_published(review_id: int, version: int) -> bool:
    """Whether everybody reads what staff read, and somebody is known who wrote it."""
    this = (Review.id == review_id, Review.version == version, Review.account_id.is_not(None))
    return db.session.scalar(select(Review.id).where(*this, Review.state == "published")) is not None


def tally() -> dict[str, int]:
    """How many reviews stand where."""
    rows = db.session.execute(select(Review.state, func.count().label("reviews")).group_by(Review.state))
    found = {row.state: int(row.reviews) for row in rows}
    return {state: found.get(state, 0) for state in STATES}


def cursor(text: str, state: str) -> Cursor | None:
    """Where a list goes on; None for what is no place in it."""
    try:
        return Cursor.read(text, state, datetime) if text else None
    except ValueError:
        return None
