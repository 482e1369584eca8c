"""The cart as Ada sees it, by plain forms."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from storefront.platform import db
from storefront.shop.actions import describe_shop
from tests.carts import EMPTY, cart, first_line, lines, put
from tests.characters import a_category, a_kettle, a_product, a_variant, stocked
from tests.counting import Statements
from tests.inspecting import InspectingClient


def test_an_empty_cart_says_so_and_leads_on(client: InspectingClient) -> None:
    page = cart(client)
    assert EMPTY in page.text("main")
    assert page.all("#cart a")[0].get("href") == "/products"


def test_ada_puts_a_kettle_in(client: InspectingClient) -> None:
    told = client.follow(put(client, a_kettle(price=4800), 2)).document
    assert told.text("main strong") == "2 of “Kettle” are in your cart."
    assert told.text("main .sums") == "2 items in the cart €96.00"
    assert told.texts("main a") == ["See the cart", "Keep looking"]
    page = cart(client)
    assert lines(page) == [("Kettle", "2")]
    assert "€48.00 each" in page.text(".cart-line")
    assert page.text(".cart-sum") == "€96.00"


def test_the_total_is_told_for_each_way_before_any_address_is_asked(client: InspectingClient) -> None:
    put(client, a_kettle(price=4800), 2)
    assert cart(client).texts(".cart-ways tbody tr") == [
        "Drive-through free €96.00",
        "Pickup at the counter free €96.00",
        "Home delivery + €4.90 €100.90",
    ]


def test_prices_without_tax_get_it_in_the_total(client: InspectingClient) -> None:
    describe_shop(prices_include_tax=False)
    put(client, a_kettle(price=10_000))
    assert cart(client).texts(".cart-ways td") == ["€119.00", "€119.00", "€124.83"]


def test_ada_changes_how_many_without_scripts(client: InspectingClient) -> None:
    put(client, a_kettle(units=5))
    page = client.follow(client.submit(cart(client), "Update", quantity=4)).document
    assert lines(page) == [("Kettle", "4")]


def test_ada_takes_it_out_again(client: InspectingClient) -> None:
    put(client, a_kettle())
    page = client.follow(client.submit(cart(client), "Remove")).document
    assert EMPTY in page.text("main")


def test_ben_sees_nothing_of_adas_cart(client: InspectingClient, another_client: InspectingClient) -> None:
    kettle = a_kettle(units=9)
    put(client, kettle, 2)
    assert EMPTY in cart(another_client).text("main")
    put(another_client, kettle)
    answer = another_client.post(first_line(cart(client)), data={"quantity": "5"})
    assert answer.status_code == 404
    assert "no longer in your cart" in answer.document.text("#cart")
    assert lines(cart(client)) == [("Kettle", "2")]


def test_a_choice_that_was_not_shown_yet_is_what_goes_in(client: InspectingClient) -> None:
    kettle = a_product("Kettle", option_names=["Glaze"])
    teal = stocked(a_variant(kettle, options=["Teal"]), 3)
    stocked(a_variant(kettle, options=["Rose"]), 3)
    form = {"variant": teal.sku, "quantity": "1", "choice-0": "Rose"}
    page = client.follow(client.post("/cart/lines", data=form)).document
    assert "Rose" in page.text(".mini")
    answer = client.post("/cart/lines", data=form | {"choice-0": "Gold"})
    assert answer.status_code == 404
    assert "This combination is not made" in answer.document.text("main")
    assert answer.document.one("main h2 a").get("href", "").startswith(f"/products/{kettle.slug}")


def test_after_the_order_the_cart_is_empty_and_a_new_one_begins(client: InspectingClient) -> None:
    kettle = a_kettle(units=9)
    put(client, kettle, 2)
    token = client.get_cookie("sf_cart")
    with db.transaction() as session:
        session.connection().exec_driver_sql("UPDATE carts SET closed = true")
    assert EMPTY in cart(client).text("main")
    put(client, kettle)
    assert lines(cart(client)) == [("Kettle", "1")]
    after = client.get_cookie("sf_cart")
    assert token
    assert after
    assert after.value != token.value


@pytest.mark.parametrize("things", [1, 12])
def test_the_page_asks_few_questions_however_much_lies_in_the_cart(
    client: InspectingClient, count_queries: Callable[[], AbstractContextManager[Statements]], things: int
) -> None:
    a_category()
    for number in range(things):
        put(client, a_kettle(title=f"Kettle {number}"))
    with count_queries() as asked:
        page = cart(client)
    assert len(lines(page)) == things
    asked.at_most(6)


def test_looking_writes_nothing(
    client: InspectingClient, count_queries: Callable[[], AbstractContextManager[Statements]]
) -> None:
    put(client, a_kettle())
    with count_queries() as asked:
        cart(client)
    assert not [sql for sql in asked if not sql.startswith("SELECT")]
