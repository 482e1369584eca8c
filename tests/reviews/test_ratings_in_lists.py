"""Lists show how products are rated, are narrowed by stars, and stand in their order."""

import pytest

from storefront.catalog.models import Variant
from storefront.catalog.searching import rebuilding
from storefront.platform import db
from tests.characters import a_kettle, a_product, a_variant, stocked
from tests.documents import Document
from tests.inspecting import InspectingClient
from tests.reviewing import entry_of, reviews

TITLES = "#results h2"


@pytest.fixture
def kettles(database: None) -> list[Variant]:
    """Five kettles, from the one that everybody likes to the one that nobody has spoken of."""
    found = [a_kettle(title=title) for title in ("Loved", "Liked", "Known", "Loathed", "New")]
    for kettle, ratings in zip(found, ((5,), (5, 4), (4, 3, 5), (1,), ()), strict=True):
        reviews(kettle, *ratings)
    return found


def stars(page: Document) -> dict[str, int]:
    """What each number of stars would show."""
    found = {}
    for label in page.all("label.facet"):
        radio = label.find("input")
        if radio is not None and radio.get("name") == "rating" and radio.get("value"):
            found[str(radio.get("value"))] = int(label.findall("span")[-1].text or "")
    return found


def test_cards_say_it_and_of_how_many(client: InspectingClient, kettles: list[Variant]) -> None:
    cards = client.see("/products?sort=rating").texts("#results .card")
    assert "5.0 of 5 stars (1 review)" in cards[0]
    assert "4.5 of 5 stars (2 reviews)" in cards[1]
    assert "stars" not in cards[4]
    assert "of 5 stars" in client.see("/").text("main")


def test_the_best_rated_stand_first_and_the_unrated_last(
    client: InspectingClient, kettles: list[Variant]
) -> None:
    page = client.see("/products?sort=rating")
    assert page.texts(TITLES) == ["Loved", "Liked", "Known", "Loathed", "New"]
    assert "Best rated" in page.texts("#sort option")


def test_of_the_equally_rated_the_one_by_more_stands_first(
    client: InspectingClient, kettles: list[Variant]
) -> None:
    reviews(kettles[4], 5, 5)
    assert client.see("/products?sort=rating").texts(TITLES)[:2] == ["New", "Loved"]


@pytest.mark.parametrize(
    ("least", "titles"),
    [
        ("4", {"Loved", "Liked", "Known"}),
        ("3", {"Loved", "Liked", "Known"}),
        ("1", {"Loved", "Liked", "Known", "Loathed"}),
    ],
)
def test_so_many_stars_and_up(
    client: InspectingClient, kettles: list[Variant], least: str, titles: set[str]
) -> None:
    page = client.see(f"/products?rating={least}")
    assert set(page.texts(TITLES)) == titles
    assert stars(page) == {"4": 3, "3": 3, "2": 3, "1": 4}
    assert page.texts(".chosen .button") == [f"Remove Rating: {least} and up ×"]
    assert page.one(".chosen .button").get("href") == "/products"


def test_stars_narrow_beside_other_choices(client: InspectingClient, kettles: list[Variant]) -> None:
    page = client.see("/products?rating=4&brand=kiln&in_stock=1&sort=name")
    assert page.texts(TITLES) == ["Known", "Liked", "Loved"]
    answer = client.submit(page, "Show", rating="", sort="rating")
    assert answer.headers["Location"] == "/products?brand=kiln&in_stock=1&sort=rating"


def test_the_form_leads_to_an_address_that_says_it(client: InspectingClient, kettles: list[Variant]) -> None:
    answer = client.submit(client.see("/products"), "Show", rating="4")
    assert answer.headers["Location"] == "/products?rating=4"
    page = client.follow(answer).document
    assert page.one("#f-rating-4").get("checked") is not None
    assert page.one("#f-rating-any").get("checked") is None


def test_a_number_of_stars_that_nothing_has_is_said_and_left_out(
    client: InspectingClient, kettles: list[Variant]
) -> None:
    page = client.see("/products?rating=9")
    assert "Nothing here is “9”" in page.text("#results")
    assert len(page.texts(TITLES)) == 5


def test_where_nothing_is_rated_nothing_asks_for_stars(client: InspectingClient) -> None:
    a_kettle()
    page = client.see("/products?rating=4")
    assert stars(page) == {}
    assert page.texts(TITLES) == ["Kettle"]


def test_searches_stand_in_this_order_too(client: InspectingClient, kettles: list[Variant]) -> None:
    page = client.see("/search?q=kiln&sort=rating&rating=3")
    assert page.texts(TITLES) == ["Loved", "Liked", "Known"]


def test_more_leads_through_the_whole_list_once(client: InspectingClient) -> None:
    for number in range(30):
        kettle = a_kettle(title=f"Kettle {number}")
        reviews(kettle, *[4] * (number % 2), *[5] * (number % 3))
    page = client.see("/products?sort=rating")
    seen = page.texts(TITLES)
    seen += client.see(page.one("a[rel='next']").get("href")).texts(TITLES)
    assert len(set(seen)) == 30


def test_the_index_can_be_written_anew(client: InspectingClient, kettles: list[Variant]) -> None:
    before = [entry_of(kettle) for kettle in kettles]
    with db.transaction() as session:
        session.connection().exec_driver_sql("UPDATE search_entries SET rating = 0; DELETE FROM facet_blocks")
    list(rebuilding.rebuild())
    assert [entry_of(kettle) for kettle in kettles] == before
    assert stars(client.see("/products")) == {"4": 3, "3": 3, "2": 3, "1": 4}


def test_an_option_called_rating_is_another_facet(client: InspectingClient, kettles: list[Variant]) -> None:
    film = a_product("Film", option_names=["Rating"])
    stocked(a_variant(film, options=["Loud"]), 1)
    page = client.see("/products?rating-option=loud")
    assert page.texts(TITLES) == ["Film"]
