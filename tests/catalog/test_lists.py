"""Shelves and lists: what stands on them, in which order, and how many statements it takes."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import update

from storefront.catalog.models import Category, Product, Variant
from storefront.catalog.searching import index
from storefront.platform import db
from tests.characters import a_category, a_kettle, a_product, a_variant, stocked
from tests.counting import Statements
from tests.inspecting import InspectingClient

Counting = Callable[[], AbstractContextManager[Statements]]
TITLES = "#results h2"


def kettles(count: int, shelf: Category | None = None) -> list[Variant]:
    """So many kettles, each dearer than the one before."""
    return [
        stocked(a_variant(a_product(f"Kettle {n:02}", category=shelf), price=1000 + n), 5)
        for n in range(count)
    ]


def test_everything_on_sale_stands_in_the_list(client: InspectingClient) -> None:
    a_kettle(title="Copper kettle")
    a_variant(a_product("Draft kettle", status="draft"))
    a_variant(a_product("Old kettle", status="archived"))
    a_product("Kettle without any choice")
    assert client.see("/products").texts(TITLES) == ["Copper kettle"]


@pytest.mark.parametrize(
    ("address", "statements"),
    [
        ("/", 3),
        ("/categories/kettles", 4),
        ("/products", 4),
        ("/products?in_stock=1&price=1-&choice=blue", 5),
        ("/search?q=kettle", 5),
        ("/search?q=ketle", 6),
    ],
)
def test_a_list_with_all_its_choices_costs_the_same_however_long_it_is(
    client: InspectingClient, count_queries: Counting, address: str, statements: int
) -> None:
    """A search asks what it means first, and one that found nothing is counted.

    Whether a parameter is a facet is asked once, and known until the catalog changes.
    """
    kettles(30, a_category("Kettles"))
    with count_queries() as asked:
        client.see(address)
    asked.at_most(statements)


@pytest.mark.parametrize("sort", ["featured", "newest", "price", "-price", "name"])
def test_more_leads_through_the_whole_list_once(client: InspectingClient, sort: str) -> None:
    kettles(30)
    page = client.see(f"/products?sort={sort}")
    seen = page.texts(TITLES)
    assert len(seen) == 24
    following = client.see(page.one("a[rel='next']").get("href"))
    assert len(set(seen + following.texts(TITLES))) == 30
    assert not following.all("a[rel='next']")
    assert "Back to the start" in following.text("#results")


def test_the_cheapest_stands_first_when_sorted_by_price(client: InspectingClient) -> None:
    kettles(3)
    assert client.see("/products?sort=price").texts(TITLES)[0] == "Kettle 00"
    assert client.see("/products?sort=-price").texts(TITLES)[0] == "Kettle 02"


def test_what_the_merchant_features_stands_first(client: InspectingClient) -> None:
    chosen, *_rest = kettles(3)
    with db.transaction() as session:
        session.execute(update(Product).where(Product.id == chosen.product_id).values(featured=1))
        index.refresh(chosen.product_id)
    assert client.see("/products").texts(TITLES)[0] == "Kettle 00"
    assert client.see("/").texts("h3")[0] == "Kettle 00"


def test_a_shelf_shows_what_stands_on_it_and_below_it(client: InspectingClient) -> None:
    kitchen = a_category("Kitchen")
    below = a_category("Kettles", parent=kitchen)
    a_kettle(title="Elsewhere")
    stocked(a_variant(a_product("On the lower shelf", category=below)), 1)
    page = client.see("/categories/kitchen")
    assert page.texts(TITLES) == ["On the lower shelf"]
    assert "Kettles" in page.text("main header nav")
    assert client.see("/categories/kettles").text(".crumbs") == "Shop Kitchen Kettles"


def test_a_price_range_and_what_is_in_stock_narrow_a_list(client: InspectingClient) -> None:
    a_kettle(title="Cheap", price=900)
    a_kettle(title="Right", price=2500)
    a_kettle(0, title="Gone", price=2500)
    assert client.see("/products?price=10-49.90").texts(TITLES) == ["Gone", "Right"]
    assert client.see("/products?price=10-49,90&in_stock=1").texts(TITLES) == ["Right"]
    assert client.see("/products?price=49-10&in_stock=1").texts(TITLES) == ["Right"]
    assert "Sold out" in client.see("/products?price=10-").text("#results")


def test_untracked_things_are_always_in_stock(client: InspectingClient) -> None:
    a_variant(a_product("Gift wrap"), tracked=False)
    assert client.see("/products?in_stock=1").texts(TITLES) == ["Gift wrap"]


def test_the_filter_form_leads_to_an_address_that_says_the_same(client: InspectingClient) -> None:
    a_kettle()
    answer = client.submit(client.see("/products"), "Show", **{"from": "10", "to": "", "sort": "price"})
    assert answer.headers["Location"] == "/products?price=10-&sort=price"
    page = client.follow(answer).document
    assert page.one("#from").get("value") == "10"
    assert page.one("select option[selected]").get("value") == "price"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("price=abc", "plain numbers"),
        ("price=1e400-", "plain numbers"),
        ("price=-5--7", "plain numbers"),
        ("price=١٢-", "plain numbers"),
        ("price=10.555-", "plain numbers"),
        ("price=%00", None),
        ("price=99999999999999999999-", "plain numbers"),
        ("sort=cheapest", "cannot sort"),
        ("sort=relevance", "cannot sort"),
        ("after=xxx", "lost the place"),
        ("after=%00%ff", "lost the place"),
        ("after=WyJmZWF0dXJlZCIsMSwiYSJd", "lost the place"),
        ("after=" + "A" * 5000, "lost the place"),
        ("q=%00", None),
        ("q=" + "kettle" * 500, None),
        ("q='\"(&|!:*", None),
        ("in_stock=maybe", None),
        ("from=%00&to=%F0%9F%AB%96", None),
    ],
)
def test_a_wrong_value_is_said_and_left_out(
    client: InspectingClient, query: str, sentence: str | None
) -> None:
    a_kettle()
    answer = client.get(f"/products?{query}")
    if answer.status_code == 303:
        answer = client.follow(answer)
    assert answer.status_code == 200
    if sentence:
        assert sentence in answer.document.text("#results")


def test_an_empty_list_says_so_and_leads_on(client: InspectingClient) -> None:
    page = client.see("/products")
    assert "Nothing here fits." in page.text("#results")
    assert "Nothing is on sale yet" in client.see("/").text("main")


def test_one_choice_of_several_is_not_called_the_price(client: InspectingClient) -> None:
    vase = a_product("Vase", option_names=["Size"])
    stocked(a_variant(vase, price=2000, options=["Small"]), 1)
    stocked(a_variant(vase, price=3000, options=["Large"]), 1)
    sale = a_product("Jug")
    stocked(a_variant(sale, price=2600, compare_at=3100), 1)
    text = client.see("/products?sort=name").text("#results")
    assert "from €20.00" in text
    assert "Now €26.00 was €31.00 Only one left" in text


def test_the_fragment_is_the_same_region_of_the_page(client: InspectingClient) -> None:
    kettles(25)
    for address in ("/products", "/products?price=xx", "/search?q=nothing"):
        whole = client.see(address).text("#results")
        assert client.fragment(address).document.text("#results") == whole
