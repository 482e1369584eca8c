"""Forget who wrote reviews, when somebody wishes to be forgotten: the stars stay, the person goes."""

from sqlalchemy import delete, select, update

from storefront.platform import db
from storefront.reviews.models import Review


def forget_author(account_id: int) -> None:
    """What nobody else has read goes; what is published stays without a name. Part of a change.

    No rating changes by it. What is published while this runs is found by the second statement.
    """
    here, theirs = db.inside(), Review.account_id == account_id
    here.session.execute(delete(Review).where(theirs, Review.state != "published"))
    published = here.session.scalars(select(Review.product_id).where(theirs)).all()
    here.session.execute(update(Review).where(theirs).values(account_id=None, author=""))
    here.tag(*(f"product:{product_id}" for product_id in published))
