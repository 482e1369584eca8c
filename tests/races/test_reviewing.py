"""Many customers speak of one product at once, and one customer many times: the mean is exact, one is one."""

from collections.abc import Sequence

import pytest
from sqlalchemy import func, select

from storefront.accounts import signing
from storefront.catalog.models import Product, Variant
from storefront.platform import db
from storefront.reviews.models import Review
from tests.characters import Person, a_kettle, ada
from tests.people import an_account
from tests.races.buying import elsewhere
from tests.races.crowd import post
from tests.races.town import Town, lingering, violations
from tests.races.wire import Request
from tests.reviewing import WORDS, moderating, rating_of, read, somebody

pytestmark = pytest.mark.race
STARS = (1, 2, 3, 4, 5) * 4


def cookie_of(who: Person) -> str:
    account = an_account(who)
    with db.transaction():
        return f"sf_{signing.COOKIE}={signing.begin(account.id, 'Firefox', 'none')}"


def says(of: Variant, cookie: str, stars: int, path: str = "", without: str = "") -> Request:
    """Press the button, from wherever."""
    slug = db.session.get_one(Product, of.product_id).slug
    form = {"rating": str(stars), "title": f"{stars} stars", "text": WORDS, "author": "A."}
    where = path or f"/products/{slug}/reviews"
    return post(where, form, buyer=elsewhere(), cookie=cookie, without=without)


def how_many(of: Variant) -> int:
    db.release()
    wanted = select(func.count()).select_from(Review).where(Review.product_id == of.product_id)
    return db.session.scalar(wanted) or 0


def twenty(of: Variant, without: str = "") -> Sequence[Request]:
    return [says(of, cookie_of(somebody()), stars, without=without) for stars in STARS]


def test_twenty_at_once_are_counted_exactly(town: Town) -> None:
    moderating("none")
    kettle = a_kettle()
    with lingering("reviews", 0.02, "AFTER INSERT"):
        answers = town.rush(twenty(kettle))
    assert [answer.status for answer in answers] == [303] * 20
    rating = rating_of(kettle)
    assert rating
    assert (str(rating.average), rating.count) == ("3.00", 20)


def test_without_the_lock_some_are_not_counted(lawless_town: Town) -> None:
    """Whoever has counted takes a while to commit: those who come meanwhile do not see their stars."""
    moderating("none")
    kettle = a_kettle()
    with lingering("products", 0.2):
        lawless_town.rush(twenty(kettle, without="product-lock"))
    rating = rating_of(kettle)
    assert rating
    assert rating.count < how_many(kettle), "the race does not happen any more: the test above proves nothing"
    assert any(found.startswith("I24") for found in violations())


def test_one_customer_twenty_times_at_once_is_one_review(town: Town) -> None:
    moderating("none")
    kettle, cookie = a_kettle(), cookie_of(ada)
    with lingering("reviews", 0.02, "AFTER INSERT"):
        answers = town.rush(says(kettle, cookie, 1 + number % 2) for number in range(20))
    assert {answer.status for answer in answers} == {303, 409}
    assert how_many(kettle) == 1
    rating = rating_of(kettle)
    assert rating
    assert rating.count == 1


def test_changed_and_deleted_at_once_it_is_there_whole_or_gone(town: Town) -> None:
    moderating("none")
    kettle, crowd = a_kettle(), [cookie_of(somebody()) for _ in range(10)]
    town.rush(says(kettle, cookie, 5) for cookie in crowd)
    ids = db.session.scalars(select(Review.id).order_by(Review.account_id)).all()
    own = [(f"/account/reviews/{number}", cookie) for number, cookie in zip(ids, crowd, strict=True)]
    answers = town.rush(
        request
        for path, cookie in own
        for request in (
            says(kettle, cookie, 1, path),
            post(f"{path}/deletion", {}, buyer=elsewhere(), cookie=cookie),
        )
    )
    assert {answer.status for answer in answers} <= {303, 404}
    rating = rating_of(kettle)
    assert (rating.count if rating else 0) == how_many(kettle)
    assert all(read(number).rating == 1 for number in db.session.scalars(select(Review.id)).all())
