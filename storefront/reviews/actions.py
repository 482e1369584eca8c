"""Changes by customers: write a review, change it, take it back."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update

from storefront.platform import db, events
from storefront.platform.errors import NotFound
from storefront.reviews import counting, queries
from storefront.reviews.models import Review
from storefront.reviews.refusals import AlreadyReviewed
from storefront.shop import queries as shop_queries


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a customer says of a product, and the name it is shown with."""

    rating: int
    title: str
    text: str
    author: str


@db.retried
def write_review(product_id: int, account_id: int, opinion: Opinion) -> Review:
    """Say something of a product, once; the same words once more are the same review.

    Raises AlreadyReviewed, or NotFound when the product is gone.
    """
    with db.transaction():
        counting.begin(product_id)
        if (known := _known(account_id, product_id)) is not None:
            return _the_same(known, opinion)
        now = db.inside().now
        written = {"product_id": product_id, "account_id": account_id, "written_at": now}
        review = _put(insert(Review), written | asdict(opinion) | _standing(account_id, product_id))
        events.record("review.written", f"review:{review.id}", {"product_id": product_id})
        if review.state == "published":
            counting.finish(product_id)
    return review


@db.retried
def change_review(review_id: int, account_id: int, opinion: Opinion) -> Review:
    """Say something else instead; whether staff read it first is asked anew. Raises NotFound."""
    with db.transaction():
        before = _own(review_id, account_id)
        if Opinion(before.rating, before.title, before.text, before.author) == opinion:
            return before
        was = before.state  # The row that comes back is this same object.
        changes = asdict(opinion) | _standing(account_id, before.product_id)
        changing = update(Review).where(Review.id == review_id)
        review = _put(changing, changes | {"reason": "", "version": before.version + 1})
        events.record("review.changed", f"review:{review_id}", {"product_id": review.product_id})
        if "published" in (was, review.state):
            counting.finish(review.product_id)
    return review


@db.retried
def delete_review(review_id: int, account_id: int) -> None:
    """Take it back. Raises NotFound."""
    with db.transaction() as session:
        review = _own(review_id, account_id)
        session.execute(delete(Review).where(Review.id == review_id))
        events.record("review.deleted", f"review:{review_id}", {"product_id": review.product_id})
        if review.state == "published":
            counting.finish(review.product_id)


def _known(account_id: int, product_id: int) -> Review | None:
    query = select(Review).where(Review.account_id == account_id, Review.product_id == product_id)
    return db.inside().session.scalars(query).first()


def _the_same(known: Review, opinion: Opinion) -> Review:
    """Twice pressed is once written."""
    if Opinion(known.rating, known.title, known.text, known.author) != opinion:
        raise AlreadyReviewed(known.id)
    return known


def _own(review_id: int, account_id: int) -> Review:
    """A customer's own review, as it is under the product's lock. Raises NotFound."""
    mine = select(Review).where(Review.id == review_id, Review.account_id == account_id)
    found = db.inside().session.scalars(mine).first()
    if found is None:
        raise NotFound
    counting.begin(found.product_id)
    again = db.inside().session.scalars(mine.execution_options(populate_existing=True)).first()
    if again is None:
        raise NotFound
    return again


def _standing(account_id: int, product_id: int) -> dict[str, Any]:
    """Whether others see it at once: the merchant's own choice."""
    moderation, now = shop_queries.read().review_moderation, db.inside().now
    at_once = moderation == "none" or (
        moderation == "unverified" and queries.is_verified(account_id, product_id)
    )
    state, since = ("published", now) if at_once else ("pending", None)
    return {"state": state, "published_at": since, "changed_at": now}


def _put(statement: Any, values: dict[str, Any]) -> Review:
    options = {"populate_existing": True}
    returning = statement.values(values).returning(Review).execution_options(**options)
    review: Review = db.inside().session.scalars(returning).one()
    return review
