"""Plain search: words in titles, brands and descriptions, and article numbers."""

from typing import Any

from storefront.catalog.models import Variant
from tests.characters import a_kettle, a_product, a_variant, stocked
from tests.inspecting import InspectingClient

TITLES = "#results h2"


def a_jug(sku: str, **facts: Any) -> Variant:
    return stocked(a_variant(a_product("Jug", **facts), sku=sku), 3)


def test_words_are_found_in_any_form(client: InspectingClient) -> None:
    a_kettle(title="Copper kettle")
    a_jug("J-1", description="Pours like two kettles.")
    a_jug("J-2", description="Glazed.")
    assert client.see("/search?q=kettles").texts(TITLES) == ["Copper kettle", "Jug"]


def test_an_article_number_finds_its_product_first(client: InspectingClient) -> None:
    a_kettle(title="TEA-1 kettle")
    a_jug("TEA-1")
    assert client.see("/search?q=tea-1").texts(TITLES)[0] == "Jug"


def test_the_best_match_goes_on_like_every_list(client: InspectingClient) -> None:
    for _number in range(26):
        a_kettle()
    page = client.see("/search?q=kettle")
    following = client.see(page.one("a[rel='next']").get("href"))
    assert len(page.texts(TITLES)) == 24
    assert len(following.texts(TITLES)) == 2


def test_a_search_for_nothing_asks_what_is_meant(client: InspectingClient) -> None:
    a_kettle()
    page = client.see("/search")
    assert page.text("h1") == "Search"
    assert page.one("#find-here").get("value") == ""


def test_words_of_strangers_stay_words(client: InspectingClient) -> None:
    page = client.see("/search?q=<script>alert(1)</script>")
    assert "<script>alert(1)</script>" in page.text("h1")
    assert page.one("#find-here").get("value") == "<script>alert(1)</script>"
