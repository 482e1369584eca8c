"""One customer says one thing of a product, may say another, and takes it back."""

from decimal import Decimal

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from storefront.catalog.models import Product
from storefront.catalog.ratings import Rating, average
from storefront.platform import db
from storefront.platform.errors import NotFound
from storefront.reviews.actions import change_review, delete_review, write_review
from storefront.reviews.forms import public_name
from storefront.reviews.models import Review
from storefront.reviews.refusals import AlreadyReviewed
from tests.characters import a_kettle, ada, ben
from tests.people import an_account
from tests.reviewing import (
    a_review,
    an_opinion,
    bought,
    delivered,
    entry_of,
    moderating,
    rating_of,
    read,
    reviews,
)

pytestmark = pytest.mark.usefixtures("database")


def test_what_is_written_waits_to_be_read() -> None:
    kettle = a_kettle()
    review = write_review(kettle.product_id, an_account(ada).id, an_opinion())
    assert (review.state, review.published_at, review.version) == ("pending", None, 1)
    assert rating_of(kettle) is None


def test_the_merchant_may_let_everything_through() -> None:
    moderating("none")
    kettle = a_kettle()
    review = write_review(kettle.product_id, an_account(ada).id, an_opinion(4))
    assert review.state == "published"
    assert review.published_at == review.changed_at
    assert rating_of(kettle) == Rating(Decimal("4.00"), 1)


def test_whoever_bought_it_may_be_let_through_and_others_wait() -> None:
    moderating("unverified")
    kettle = a_kettle()
    delivered(kettle, ada)
    bought(kettle, ben)
    told = [write_review(kettle.product_id, an_account(who).id, an_opinion()).state for who in (ada, ben)]
    assert told == ["published", "pending"]


def test_pressing_twice_is_writing_once() -> None:
    kettle, account = a_kettle(), an_account(ada)
    first = write_review(kettle.product_id, account.id, an_opinion())
    assert write_review(kettle.product_id, account.id, an_opinion()).id == first.id
    with pytest.raises(AlreadyReviewed) as refused:
        write_review(kettle.product_id, account.id, an_opinion(1))
    assert refused.value.review_id == first.id
    assert db.session.scalar(select(func.count()).select_from(Review)) == 1


def test_of_what_is_not_there_nothing_can_be_said() -> None:
    with pytest.raises(NotFound):
        write_review(4711, an_account(ada).id, an_opinion())


def test_another_rating_counts_instead_of_the_first() -> None:
    moderating("none")
    kettle = a_kettle()
    reviews(kettle, 4, 4)
    review = a_review(kettle, 1)
    assert rating_of(kettle) == Rating(Decimal("3.00"), 3)
    changed = change_review(review.id, review.account_id or 0, an_opinion(5, "Better now"))
    assert (changed.title, changed.version) == ("Better now", review.version + 1)
    assert rating_of(kettle) == Rating(Decimal("4.33"), 3)
    assert entry_of(kettle) == 433_000_003


def test_other_words_are_read_again_before_they_are_shown() -> None:
    kettle = a_kettle()
    review = a_review(kettle, 5)
    assert rating_of(kettle) == Rating(Decimal("5.00"), 1)
    again = change_review(review.id, review.account_id or 0, an_opinion(5, "Buy elsewhere"))
    assert (again.state, again.published_at) == ("pending", None)
    assert rating_of(kettle) is None


def test_the_same_words_once_more_change_nothing() -> None:
    review = a_review(a_kettle(), 5)
    assert change_review(review.id, review.account_id or 0, an_opinion()).version == review.version
    assert read(review.id).state == "published"


def test_a_rejected_one_may_be_written_better() -> None:
    review = a_review(a_kettle(), state="rejected")
    assert review.reason
    better = change_review(review.id, review.account_id or 0, an_opinion(4, "Pours, and no more"))
    assert (better.state, better.reason) == ("pending", "")


def test_what_is_taken_back_counts_no_more() -> None:
    kettle = a_kettle()
    reviews(kettle, 2)
    review = a_review(kettle, 5)
    delete_review(review.id, review.account_id or 0)
    assert rating_of(kettle) == Rating(Decimal("2.00"), 1)
    with pytest.raises(NotFound):
        delete_review(review.id, review.account_id or 0)


def test_ben_neither_changes_nor_deletes_what_ada_wrote() -> None:
    review, other = a_review(a_kettle()), an_account(ben)
    with pytest.raises(NotFound):
        change_review(review.id, other.id, an_opinion(1))
    with pytest.raises(NotFound):
        delete_review(review.id, other.id)
    assert read(review.id).rating == 5


def test_a_rating_is_no_edit_of_the_product() -> None:
    kettle = a_kettle()
    before = db.session.get_one(Product, kettle.product_id)
    a_review(kettle)
    db.release()
    after = db.session.get_one(Product, kettle.product_id)
    assert (after.version, after.updated_at) == (before.version, before.updated_at)


@pytest.mark.parametrize(
    "nonsense",
    [
        "rating = 6",
        "rating = 0",
        "text = 'Too short'",
        "title = ''",
        "state = 'hidden'",
        "state = 'rejected', published_at = NULL",
        "published_at = NULL",
    ],
)
def test_the_database_refuses_nonsense(nonsense: str) -> None:
    a_review(a_kettle())
    with pytest.raises(IntegrityError), db.transaction() as session:
        session.execute(text(f"UPDATE reviews SET {nonsense}"))


@pytest.mark.parametrize("nonsense", ["rating_count = 1", "rating_average = 3", "rating_count = -1"])
def test_a_product_is_rated_by_somebody_or_not_at_all(nonsense: str) -> None:
    a_kettle()
    with pytest.raises(IntegrityError), db.transaction() as session:
        session.execute(text(f"UPDATE products SET {nonsense}"))


@pytest.mark.parametrize(
    ("stars", "count", "mean"), [(9, 2, "4.50"), (13, 3, "4.33"), (14, 3, "4.67"), (801, 200, "4.01")]
)
def test_a_mean_is_rounded_as_postgresql_rounds(stars: int, count: int, mean: str) -> None:
    assert average(stars, count) == Decimal(mean)
    assert db.session.scalar(text(f"SELECT round({stars}::numeric / {count}, 2)")) == Decimal(mean)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Ada Lindt", "Ada L."), ("Ada", "Ada"), ("Ada Maria von Lindt", "Ada L."), ("x" * 90, "x" * 60)],
)
def test_others_see_a_first_name(name: str, shown: str) -> None:
    assert public_name(name) == shown
