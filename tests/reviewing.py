"""Reviews of the characters, made through the shop's own actions."""

from itertools import count

from sqlalchemy import text, update

from storefront.catalog.models import Product, Variant
from storefront.catalog.ratings import Rating
from storefront.checkout.fulfilment import deliver_order, pack_order, ready_order
from storefront.orders.models import Order
from storefront.platform import db
from storefront.platform.acting import Actor, acting_as
from storefront.reviews.actions import Opinion, write_review
from storefront.reviews.models import Review
from storefront.reviews.moderation import publish_review, reject_review
from storefront.shop.actions import describe_shop
from tests.characters import Person, ada
from tests.people import an_account
from tests.shopping import an_order

WORDS = "It pours without a drop beside the cup."
_numbers = count(1)


def an_opinion(rating: int = 5, title: str = "Pours well", words: str = WORDS) -> Opinion:
    return Opinion(rating, title, words, "Ada L.")


def a_review(
    of: Variant, rating: int = 5, *, who: Person = ada, state: str = "published", title: str = "Pours well"
) -> Review:
    """What somebody says of a product, and what staff made of it."""
    review = write_review(of.product_id, an_account(who).id, an_opinion(rating, title))
    with acting_as(Actor("staff", "1")):
        if state == "published":
            publish_review(review.id, review.version)
        elif state == "rejected":
            reject_review(review.id, review.version, "It speaks of another shop.")
    return read(review.id)


def read(review_id: int) -> Review:
    """The review as it stands in the table now."""
    db.release()
    return db.session.get_one(Review, review_id)


def reviews(of: Variant, *ratings: int) -> None:
    """So many customers say what they think of it."""
    for rating in ratings:
        a_review(of, rating, who=somebody(), title=f"{rating} stars")


def somebody() -> Person:
    """A customer who has not come before."""
    number = next(_numbers)
    return Person(f"Somebody {number}", f"somebody-{number}@example.com", "", "", "", "")


def moderating(which: str) -> None:
    """The merchant's choice of what waits."""
    describe_shop(review_moderation=which)


def delivered(of: Variant, who: Person = ada) -> Order:
    """They have bought it, and it was handed to them."""
    order = bought(of, who)
    pack_order(order.id)
    ready_order(order.id)
    deliver_order(order.id)
    return order


def bought(of: Variant, who: Person = ada) -> Order:
    """They have ordered it while they were signed in."""
    order, account = an_order((of, 1), who=who), an_account(who)
    with db.transaction() as session:
        mine = update(Order).where(Order.id == order.id)
        session.execute(mine.values(account_id=account.id))
    return order


def rating_of(variant: Variant) -> Rating | None:
    """What the product's own row says."""
    db.release()
    product = db.session.get_one(Product, variant.product_id)
    return Rating.of(product.rating_average, product.rating_count)


def entry_of(variant: Variant) -> int:
    """What lists sort it by."""
    db.release()
    found: int = db.session.scalars(
        text("SELECT rating FROM search_entries WHERE product_id = :id"), {"id": variant.product_id}
    ).one()
    return found
