"""Whoever tries one wrong address after another costs the shop little, and hides nothing from others."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from storefront.catalog.models import Variant
from storefront.platform import cache
from tests.characters import a_category, a_product, a_variant, stocked
from tests.counting import Statements
from tests.inspecting import Answer, InspectingClient

pytestmark = pytest.mark.processes
Counting = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def kettle(shop: Flask) -> Variant:
    """In a shop of its own, because it will remember that many went astray."""
    return stocked(a_variant(a_product("Kettle", slug="kettle", category=a_category("Kettles"))), 9)


@pytest.mark.parametrize("kind", ["/products", "/categories"])
def test_hundreds_of_them_cost_little(
    shop: Flask, kettle: Variant, count_queries: Counting, kind: str
) -> None:
    stranger = shop.test_client()
    with count_queries() as asked:
        for number in range(400):
            answer = stranger.get(f"{kind}/nothing-{number}")
            assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")
    asked.at_most(200)
    server = cache.valkey()
    assert server is not None
    assert len(list(server.scan_iter("page:*"))) == 1
    page = InspectingClient(shop, Answer).get(f"{kind}/nothing-here")
    assert "There is nothing here" in page.text
    assert "quote" not in page.text


def test_what_comes_into_the_shop_then_is_found(shop: Flask, kettle: Variant) -> None:
    browser = InspectingClient(shop, Answer)
    for number in range(30):
        browser.get(f"/products/nothing-{number}")
    stocked(a_variant(a_product("Jug", slug="jug")), 2)
    assert browser.get("/products/jug").status_code == 200
    assert browser.get("/products/kettle").status_code == 200
