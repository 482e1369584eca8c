"""What customers say of a product: read by everybody, in any order, a part at a time."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from storefront.catalog.models import FormerSlug, Product, Variant
from storefront.platform import clock, db
from storefront.reviews.actions import delete_review
from tests.characters import a_category, a_kettle, a_product, a_variant, ada, ben, stocked
from tests.counting import Statements
from tests.documents import Document
from tests.fragments import assert_fragment_is_part_of_page
from tests.inspecting import InspectingClient
from tests.reviewing import a_review, delivered, reviews, somebody

Counting = Callable[[], AbstractContextManager[Statements]]
TITLES = ".said .review h3"


@pytest.fixture
def kettle(database: None) -> Variant:
    """A kettle with an address of its own."""
    shelf = a_category("Kettles")
    return stocked(a_variant(a_product("Kettle", slug="kettle", category=shelf)), 9)


def facts_of(page: Document) -> dict[str, dict[str, object]]:
    told = json.loads("".join(page.one("script[type='application/ld+json']").itertext()))
    return {fact["@type"]: fact for fact in told}


def test_nobody_has_said_anything(client: InspectingClient, kettle: Variant) -> None:
    page = client.see("/products/kettle/reviews")
    assert "Nobody has reviewed it yet." in page.text("#said")
    assert page.one("#said a").get("href") == "/products/kettle/reviews/new"
    assert "aggregateRating" not in facts_of(page)["Product"]
    assert page.one("meta[name='robots']").get("content") == "noindex"


def test_only_what_is_published_is_read(client: InspectingClient, kettle: Variant) -> None:
    a_review(kettle, 5, title="Seen")
    a_review(kettle, 1, who=somebody(), title="Waits", state="pending")
    a_review(kettle, 1, who=somebody(), title="Hidden", state="rejected")
    page = client.see("/products/kettle/reviews")
    assert page.texts(TITLES) == ["Seen"]
    assert "5.0 of 5 stars 1 review" in page.text("#said")


def test_a_buyer_is_told_from_a_passer_by(client: InspectingClient, kettle: Variant) -> None:
    delivered(kettle, ada)
    delivered(a_kettle(title="Another"), ben)
    a_review(kettle, 5, who=ada, title="Bought")
    a_review(kettle, 4, who=ben, title="Heard")
    page = client.see("/products/kettle/reviews?sort=highest")
    assert ["Verified buyer" in text for text in page.texts(".said .review")] == [True, False]


def test_stars_are_counted_and_lead_to_those_who_gave_them(client: InspectingClient, kettle: Variant) -> None:
    reviews(kettle, 5, 5, 4, 1)
    page = client.see("/products/kettle/reviews")
    assert page.texts(".tallies a") == ["5 stars 2", "4 stars 1", "3 stars 0", "2 stars 0", "1 star 1"]
    assert page.text(".rated") == "3.8 of 5 stars 4 reviews"
    only = client.see("/products/kettle/reviews?stars=5")
    assert only.texts(TITLES) == ["5 stars", "5 stars"]
    assert only.one(".tallies [aria-current]").get("href") == "/products/kettle/reviews"
    none = client.see("/products/kettle/reviews?stars=3")
    assert "Nobody has said that." in none.text("#said")


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [("newest", "1 stars", "4 stars"), ("highest", "5 stars", "1 stars"), ("lowest", "1 stars", "5 stars")],
)
def test_more_leads_through_all_of_them_once(
    client: InspectingClient, kettle: Variant, sort: str, first: str, last: str
) -> None:
    reviews(kettle, 4, 5, 3, 3, 3, 2, 5, 4, 3, 1)
    seen: list[tuple[str | None, str]] = []
    page = client.see(f"/products/kettle/reviews?sort={sort}")
    while True:
        ids = [review.get("id") for review in page.all(".said .review")]
        seen += zip(ids, page.texts(TITLES), strict=True)
        more = page.all("a[rel~='next']")
        if not more:
            break
        page = client.see(more[0].get("href"))
    assert len(seen) == len(set(seen)) == 10
    assert (seen[0][1], seen[-1][1]) == (first, last)
    assert page.one("nav.more a").get("href", "").startswith("/products/kettle/reviews")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("sort=best", "cannot sort"),
        ("stars=6", "one to five"),
        ("stars=%00", "one to five"),
        ("stars=٣", "one to five"),
        ("after=xxx", "lost the place"),
        ("after=WyJuZXdlc3QiLDEsMV0", "lost the place"),
        ("sort=highest&after=WyJoaWdoZXN0IiwxLDFd", None),
    ],
)
def test_a_wrong_value_is_said_and_left_out(
    client: InspectingClient, kettle: Variant, query: str, sentence: str | None
) -> None:
    reviews(kettle, 4)
    page = client.see(f"/products/kettle/reviews?{query}")
    if sentence:
        assert sentence in page.text("#said")
        assert page.texts(TITLES) == ["4 stars"]


def test_the_region_is_the_same_on_both_pages(client: InspectingClient, kettle: Variant) -> None:
    reviews(kettle, 4)
    assert_fragment_is_part_of_page(client, "/products/kettle/reviews", "#said")
    region = client.see("/products/kettle").one("#reviews [data-hx-get]")
    assert region.get("data-hx-get") == "/products/kettle/reviews"
    assert client.see("/products/kettle").one("#reviews a").get("href") == "/products/kettle/reviews"


def test_it_costs_a_few_statements_however_many_there_are(
    client: InspectingClient, kettle: Variant, count_queries: Counting
) -> None:
    reviews(kettle, *[4] * 12)
    with count_queries() as asked:
        client.see("/products/kettle/reviews")
    asked.at_most(5)
    with count_queries() as again:
        client.see("/products/kettle/reviews")
    again.at_most(0)


def test_the_product_page_asks_no_more_than_before(
    client: InspectingClient, kettle: Variant, count_queries: Counting
) -> None:
    reviews(kettle, 4)
    with count_queries() as asked:
        page = client.see("/products/kettle")
    asked.at_most(6)
    assert "4.0 of 5 stars 1 review" in page.text(".title-block")
    assert page.one(".title-block .rated a").get("href") == "#reviews"


def test_a_kept_page_shows_what_was_published_and_taken_back_at_once(
    client: InspectingClient, kettle: Variant
) -> None:
    pages = ("/products/kettle", "/products/kettle/reviews", "/products", "/categories/kettles")
    for page in pages:
        assert "5.0" not in client.see(page).text("main")
    review = a_review(kettle, 5)
    for page in pages:
        assert "5.0" in client.see(page).text("main"), page
    delete_review(review.id, review.account_id or 0)
    for page in pages:
        assert "5.0" not in client.see(page).text("main"), page


def test_what_waits_makes_no_page_anew(client: InspectingClient, kettle: Variant) -> None:
    client.see("/products/kettle")
    a_review(kettle, 5, state="pending")
    answer = client.get("/products/kettle")
    assert "hit" in answer.headers["Cache-Status"]


def test_machines_are_told_the_mean_and_each_review(client: InspectingClient, kettle: Variant) -> None:
    reviews(kettle, 4, 5, 5)
    mean = {"@type": "AggregateRating", "ratingValue": "4.67", "reviewCount": "3"}
    mean |= {"bestRating": "5", "worstRating": "1"}
    assert facts_of(client.see("/products/kettle"))["Product"]["aggregateRating"] == mean
    told = facts_of(client.see("/products/kettle/reviews"))["Product"]
    assert told["aggregateRating"] == mean
    said = told["review"]
    assert isinstance(said, list)
    assert [one["reviewRating"]["ratingValue"] for one in said] == ["5", "5", "4"]


def test_a_product_with_choices_is_rated_as_a_whole(client: InspectingClient) -> None:
    vase = a_product("Vase", slug="vase", option_names=["Size"])
    small = stocked(a_variant(vase, options=["Small"]), 1)
    stocked(a_variant(vase, options=["Large"]), 1)
    reviews(small, 4)
    facts = facts_of(client.see("/products/vase"))
    assert facts["ProductGroup"]["aggregateRating"]
    assert "aggregateRating" not in facts["Product"]


def test_what_moved_or_went_is_found_or_not(client: InspectingClient, kettle: Variant) -> None:
    assert client.get("/products/none/reviews").status_code == 404
    with db.transaction() as session:
        former = {"kind": "product", "slug": "pot", "product_id": kettle.product_id, "since": clock.now()}
        session.add(FormerSlug(**former))
        db.inside().tag("catalog")
    moved = client.get("/products/pot/reviews")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/products/kettle/reviews")
    with db.transaction() as session:
        session.get_one(Product, kettle.product_id).status = "archived"
        db.inside().tag("catalog", f"product:{kettle.product_id}")
    assert client.get("/products/kettle/reviews").status_code == 404
