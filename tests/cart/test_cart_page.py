"""The cart as Ada sees it: by plain forms, and by the fragments htmx asks for."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import update

from storefront.catalog.models import Product, Variant
from storefront.config import Settings
from storefront.platform import db, http
from storefront.shop.actions import describe_shop
from tests.characters import a_category, a_kettle, a_product, a_variant, reprice, stocked
from tests.counting import Statements
from tests.documents import Document
from tests.fragments import assert_fragment_is_part_of_page
from tests.inspecting import Answer, InspectingClient
from tests.shopping import an_order

EMPTY = "Your cart is empty."


def put(client: InspectingClient, thing: Variant, quantity: int | str = 1) -> Answer:
    return client.post("/cart/lines", data={"variant": thing.sku, "quantity": str(quantity)})


def cart(client: InspectingClient) -> Document:
    return client.see("/cart")


def lines(page: Document) -> list[tuple[str, str]]:
    """What lies in the cart: title and quantity."""
    quantities = [field.get("value", "") for field in page.all(".cart-line input[type='number']")]
    return list(zip(page.texts(".cart-line h2"), quantities, strict=False))


def first_line(page: Document) -> str:
    """The address of the first line."""
    return page.all(".cart-line form")[0].get("action", "")


def cookies(answer: Answer) -> dict[str, str]:
    given = answer.headers.getlist("Set-Cookie")
    return {cookie.partition("=")[0]: cookie.partition("=")[2] for cookie in given}


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


def test_adding_too_many_keeps_what_was_typed_and_offers_what_is_left(client: InspectingClient) -> None:
    kettle = a_kettle(units=3)
    put(client, kettle, 1)
    answer = put(client, kettle, 7)
    assert answer.status_code == 409
    assert "Only 3 of “Kettle” are left" in answer.document.text("#added")
    assert answer.document.one("input[type='number']").get("value") == "7"
    assert client.submit(answer, "Add 2").status_code == 303
    assert lines(cart(client)) == [("Kettle", "3")]


def test_what_is_sold_out_is_refused_politely(client: InspectingClient) -> None:
    answer = put(client, a_kettle(units=0))
    assert answer.status_code == 409
    assert "“Kettle” is sold out." in answer.document.text("main")
    assert EMPTY in cart(client).text("main")


def test_changing_to_too_many_is_told_at_the_line(client: InspectingClient) -> None:
    put(client, a_kettle(units=3), 2)
    answer = client.submit(cart(client), "Update", quantity=5)
    assert answer.status_code == 409
    field = answer.document.one("input[type='number']")
    assert (field.get("value"), field.get("aria-invalid")) == ("5", "true")
    assert answer.document.text(f"#{field.get('aria-describedby')}") == "Only 3 of “Kettle” are left."
    page = client.follow(client.submit(answer, "Take 3")).document
    assert lines(page) == [("Kettle", "3")]


def test_a_changed_price_is_told_with_both_prices_until_ada_takes_it(client: InspectingClient) -> None:
    kettle = a_kettle(price=4800)
    put(client, kettle)
    reprice(kettle, 5200)
    for _twice in range(2):  # Looking is not accepting.
        page = cart(client)
        assert "it was €48.00 and is now €52.00" in page.text(".cart-line")
    page = client.follow(client.submit(page, "Take it at €52.00")).document
    assert "€48.00" not in page.text("main")


def test_everything_wrong_is_said_before_the_checkout(client: InspectingClient) -> None:
    short, gone, former = (a_kettle(units=5, title=title) for title in ("Kettle", "Cup", "Bowl"))
    for thing in (short, gone, former):
        put(client, thing, 3)
    stocked(short, 2)
    stocked(gone, 0)
    with db.transaction() as session:
        session.execute(update(Product).where(Product.id == former.product_id).values(status="archived"))
    page = cart(client)
    told = page.texts(".cart-line .notice")
    assert told[0].startswith("Only 2 are left; you wanted 3. The total counts 2.")
    assert told[1].startswith("This is sold out")
    assert told[2].startswith("This is no longer sold")
    assert not page.all("a[href='/checkout']")
    assert page.texts(".cart-line h2 a") == ["Kettle", "Cup"]  # A withdrawn thing has no page to lead to.
    page = client.follow(client.submit(page, "Continue with what is left")).document
    assert lines(page) == [("Kettle", "2")]
    assert page.all("a[href='/checkout']")


def test_what_is_gone_for_good_is_taken_out_in_one_click(client: InspectingClient) -> None:
    gone = a_kettle(units=5)
    put(client, gone, 3)
    stocked(gone, 0)
    page = cart(client)
    assert not page.all(".cart-ways")
    page = client.follow(client.submit(page, "Take it out")).document
    assert EMPTY in page.text("main")


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


def test_the_cookies_hold_a_key_and_a_hint(client: InspectingClient) -> None:
    given = cookies(put(client, a_kettle()))
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(given["sf_cart"].split("; "))
    assert given["sf_known"].startswith("1;")
    assert "HttpOnly" not in given["sf_known"]


def test_by_https_the_cookies_are_bound_to_it(
    client: InspectingClient, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    secure = settings.model_copy(update={"base_url": "https://kiln.example"})
    monkeypatch.setattr(http, "settings", lambda: secure)
    given = cookies(put(client, a_kettle()))
    assert given.keys() == {"__Host-sf_cart", "__Host-sf_known"}
    assert all("Secure" in cookie for cookie in given.values())


def test_the_days_of_the_cookies_begin_again_with_every_change(client: InspectingClient) -> None:
    put(client, a_kettle(), 2)
    assert "Set-Cookie" not in client.get("/cart").headers
    address = first_line(cart(client))
    assert cookies(client.post(address, data={"quantity": "1"})).keys() == {"sf_cart"}
    answer = client.fragment(address, method="POST", data={"quantity": "2"})
    assert cookies(answer).keys() == {"sf_cart", "sf_known"}


@pytest.mark.parametrize("token", ["", "x", "a" * 32, "a" * 4000, "\x00" * 32, "' OR 1=1 --", "é" * 32])
def test_a_strange_cookie_is_an_empty_cart(client: InspectingClient, token: str) -> None:
    client.set_cookie("sf_cart", token)
    assert EMPTY in cart(client).text("main")
    put(client, a_kettle())
    assert lines(cart(client)) == [("Kettle", "1")]


def test_a_post_from_another_site_is_refused(client: InspectingClient) -> None:
    form = {"variant": a_kettle().sku, "quantity": "1"}
    answer = client.post("/cart/lines", data=form, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert EMPTY in cart(client).text("main")


# What htmx asks for


def test_the_count_in_the_header(client: InspectingClient) -> None:
    assert client.fragment("/cart/badge").get_data(as_text=True).strip() == ""
    put(client, a_kettle(), 2)
    put(client, a_kettle(), 1)
    answer = client.fragment("/cart/badge")
    assert answer.document.text() == "3 items"
    assert "private" in answer.headers["Cache-Control"]
    assert client.get("/cart/badge").headers["Location"] == "/cart"


def test_the_hint_goes_when_there_is_nothing_to_show(client: InspectingClient) -> None:
    put(client, a_kettle())
    client.submit(cart(client), "Remove")
    client.fragment("/cart/badge")
    assert client.get_cookie("sf_known") is None
    an_order()  # Of somebody else.
    assert "Set-Cookie" not in client.fragment("/cart/badge").headers


def test_the_fragment_is_the_same_region_of_the_page(client: InspectingClient) -> None:
    assert_fragment_is_part_of_page(client, "/cart", "#cart")
    put(client, a_kettle(), 2)
    assert lines(assert_fragment_is_part_of_page(client, "/cart", "#cart")) == [("Kettle", "2")]


def test_a_change_by_htmx_brings_the_cart_and_its_count(client: InspectingClient) -> None:
    put(client, a_kettle(units=9, price=100))
    address = first_line(cart(client))
    answer = client.fragment(address, method="POST", data={"quantity": "4"})
    assert answer.status_code == 200
    assert answer.document.text(".cart-sum") == "€4.00"
    assert answer.document.texts("hx-partial") == ["4 items", ""]
    answer = client.fragment(address, method="POST", data={"quantity": "0"})
    assert EMPTY in answer.document.text("#cart")
    assert answer.document.texts("hx-partial") == ["", "“Kettle” was taken out. Put it back"]


def test_what_was_taken_out_can_be_put_back(client: InspectingClient) -> None:
    put(client, a_kettle(), 3)
    answer = client.fragment(first_line(cart(client)), method="POST", data={"quantity": "0"})
    client.submit(answer, "Put it back")
    assert lines(cart(client)) == [("Kettle", "3")]


def test_what_is_left_can_be_kept_by_htmx(client: InspectingClient) -> None:
    kettle = a_kettle(units=5)
    put(client, kettle, 4)
    stocked(kettle, 2)
    answer = client.fragment("/cart/remainder", method="POST")
    assert lines(answer.document) == [("Kettle", "2")]


def test_a_refused_change_by_htmx_brings_the_sentence(client: InspectingClient) -> None:
    put(client, a_kettle(units=2))
    answer = client.fragment(first_line(cart(client)), method="POST", data={"quantity": "7"})
    assert answer.status_code == 409
    assert "Only 2 of “Kettle” are left." in answer.document.text("#cart")


def test_adding_by_htmx_says_so_and_counts(client: InspectingClient) -> None:
    form = {"variant": a_kettle(units=2).sku, "quantity": "2"}
    answer = client.fragment("/cart/lines", method="POST", data=form)
    assert answer.document.text(".mini strong") == "2 of “Kettle” are in your cart."
    assert answer.document.text("hx-partial") == "2 items"
    answer = client.fragment("/cart/lines", method="POST", data=form)
    assert answer.status_code == 409
    assert "all of them are in your cart already" in answer.document.text()


def test_what_was_put_in_is_told_to_its_shopper_alone(
    client: InspectingClient, another_client: InspectingClient
) -> None:
    there = put(client, a_kettle(price=4800), 1).headers["Location"]
    assert_fragment_is_part_of_page(client, there, ".mini")
    put(another_client, a_kettle(title="Cup"))
    assert another_client.get(there).headers["Location"] == "/cart"
    client.submit(cart(client), "Remove")
    assert client.get(there).headers["Location"] == "/cart"


# What it costs us


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


def test_the_count_is_one_question(
    client: InspectingClient, count_queries: Callable[[], AbstractContextManager[Statements]]
) -> None:
    put(client, a_kettle())
    with count_queries() as asked:
        client.fragment("/cart/badge")
    asked.at_most(1)


def test_looking_writes_nothing(
    client: InspectingClient, count_queries: Callable[[], AbstractContextManager[Statements]]
) -> None:
    put(client, a_kettle())
    with count_queries() as asked:
        cart(client)
    assert not [sql for sql in asked if not sql.startswith("SELECT")]
