"""Count what customers say of a product, so that its rating is exact at every moment. Parts of a change."""

from sqlalchemy import func, select

from storefront.catalog import locks, ratings
from storefront.platform import db
from storefront.platform.errors import NotFound
from storefront.reviews.models import Review


def begin(product_id: int) -> None:
    """Lock the product before anything about its reviews is read: of twenty who write, one writes at a time.

    Without it two would count at the same moment, neither seeing the other's stars. Raises NotFound.
    """
    if not locks.lock_product(product_id):
        raise NotFound


def finish(product_id: int) -> None:
    """Count what is published of it now, as the last step of a change."""
    published = select(func.coalesce(func.sum(Review.rating), 0), func.count()).where(
        Review.product_id == product_id, Review.state == "published"
    )
    stars, count = db.inside().session.execute(published).one()
    ratings.rate_product(product_id, int(stars), count)
