"""Reviews as programs are told of them."""

from typing import Any

from sqlalchemy import select

from storefront.catalog.models import Product
from storefront.platform import db
from storefront.platform.paging import Cursor
from storefront.reviews.buying import bought
from storefront.reviews.models import Review
from storefront.reviews.schemas import ReviewSeen, ReviewTold

NEWEST = "-id"


def published(product_id: int, after: Cursor | None, most: int, rating: int | None) -> list[ReviewSeen]:
    """What everybody reads of a product, the latest first."""
    verified = bought(Review.account_id, Review.product_id).label("verified")
    query = select(Review, verified).where(Review.product_id == product_id, Review.state == "published")
    if after is not None:
        query = query.where(Review.id < after.id)
    if rating is not None:
        query = query.where(Review.rating == rating)
    rows = db.session.execute(query.order_by(Review.id.desc()).limit(most))
    same = [name for name in ReviewSeen.model_fields if name != "verified"]
    return [
        ReviewSeen(**{name: getattr(row.Review, name) for name in same}, verified=row.verified)
        for row in rows
    ]


def is_shown(product_id: int) -> bool:
    """Whether the product is on sale."""
    query = select(Product.id).where(Product.id == product_id, Product.status == "active")
    return db.session.scalar(query) is not None


def reviews(account_id: int | None, after: int, most: int, **wanted: Any) -> list[ReviewTold]:
    """By ascending id: one customer's own, or all."""
    query = select(Review).where(Review.id > after).order_by(Review.id).limit(most)
    if account_id is not None:
        query = query.where(Review.account_id == account_id)
    for name, value in wanted.items():
        if value is not None:
            query = query.where(getattr(Review, name) == value)
    return [_told(found) for found in db.session.scalars(query.execution_options(populate_existing=True))]


def review(review_id: int, account_id: int | None) -> ReviewTold | None:
    """One of them."""
    found = reviews(account_id, review_id - 1, 1, id=review_id)
    return next(iter(found), None)


def _told(found: Review) -> ReviewTold:
    same = [name for name in ReviewTold.model_fields if name != "customer_id"]
    return ReviewTold(**{name: getattr(found, name) for name in same}, customer_id=found.account_id)
