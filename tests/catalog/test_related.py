"""What else is shown beside a product."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from storefront.catalog.models import Category, Product
from tests.characters import a_category, a_product, a_variant, stocked
from tests.counting import Statements
from tests.inspecting import InspectingClient

BESIDE = ".related h3"


@pytest.fixture
def shelf(database: None) -> Category:
    return a_category("Cups")


def cup(name: str, shelf: Category | None, units: int = 5, status: str = "active") -> Product:
    product = a_product(name, slug=name.lower(), category=shelf, status=status)
    stocked(a_variant(product, sku=name), units)
    return product


def test_the_next_ones_of_the_shelf_are_shown_and_it_goes_round(
    client: InspectingClient, shelf: Category
) -> None:
    for name in "ABCDEFG":
        cup(name, shelf)
    assert client.see("/products/a").texts(BESIDE) == ["B", "C", "D", "E"]
    page = client.see("/products/e")
    assert page.texts(BESIDE) == ["F", "G", "A", "B"]
    assert page.text(".related h2") == "More from Cups"
    assert page.all(".related a[href='/products/f']")


def test_what_can_be_had_comes_first(client: InspectingClient, shelf: Category) -> None:
    for name, units in (("A", 1), ("B", 0), ("C", 2), ("D", 0), ("E", 3), ("F", 4)):
        cup(name, shelf, units)
    assert client.see("/products/a").texts(BESIDE) == ["C", "E", "F", "B"]


def test_what_nobody_counts_can_be_had(client: InspectingClient, shelf: Category) -> None:
    cup("A", shelf)
    cup("B", shelf, 0)
    a_variant(a_product("Voucher", category=shelf), tracked=False)
    assert client.see("/products/a").texts(BESIDE) == ["Voucher", "B"]


def test_drafts_strangers_and_the_product_itself_are_not_shown(
    client: InspectingClient, shelf: Category
) -> None:
    cup("A", shelf)
    cup("Draft", shelf, status="draft")
    cup("Kettle", a_category("Kettles"))
    cup("Loose", None)
    assert not client.see("/products/a").all(".related")
    assert not client.see("/products/loose").all(".related")


def test_a_change_of_choice_does_not_ask_for_them(
    client: InspectingClient, shelf: Category, count_queries: Callable[[], AbstractContextManager[Statements]]
) -> None:
    cup("A", shelf)
    cup("B", shelf)
    with count_queries() as asked:
        client.fragment("/products/a")
    asked.at_most(5)
