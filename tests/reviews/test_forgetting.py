"""Ada wishes to be forgotten: her stars stay, her name goes, and what nobody has read goes, too."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from storefront.catalog.ratings import Rating
from storefront.platform import db
from storefront.reviews import forgetting
from storefront.reviews.models import Review
from tests.characters import a_kettle, a_product, a_variant, ada, ben, stocked
from tests.inspecting import InspectingClient
from tests.people import an_account
from tests.reviewing import a_review, rating_of

pytestmark = pytest.mark.usefixtures("database")


def test_the_stars_stay_and_the_name_goes(client: InspectingClient) -> None:
    kettle = stocked(a_variant(a_product("Kettle", slug="kettle")), 1)
    a_review(kettle, 4, who=ada)
    a_review(kettle, 2, who=ben)
    a_review(a_kettle(), who=ada, state="pending")
    a_review(a_kettle(), who=ada, state="rejected")
    assert client.see("/products/kettle/reviews").text("#said").count("Ada L.") == 2
    account = an_account(ada)
    with db.transaction():
        forgetting.forget_author(account.id)
    page = client.see("/products/kettle/reviews?sort=highest").texts("#said .review")
    assert ["Ada" in told for told in page] == [False, True]  # Ben's were written under the same name.
    assert "A customer" in page[0]
    assert rating_of(kettle) == Rating(Decimal("3.00"), 2)
    assert len(db.session.scalars(select(Review)).all()) == 2
