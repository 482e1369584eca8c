"""The cart by the fragments htmx asks for."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from tests.carts import EMPTY, cart, first_line, lines, put
from tests.characters import a_kettle, stocked
from tests.counting import Statements
from tests.fragments import assert_fragment_is_part_of_page
from tests.inspecting import InspectingClient


def test_the_count_in_the_header(client: InspectingClient) -> None:
    assert client.fragment("/cart/badge").get_data(as_text=True).strip() == ""
    put(client, a_kettle(), 2)
    put(client, a_kettle(), 1)
    answer = client.fragment("/cart/badge")
    assert answer.document.text() == "3 items"
    assert "private" in answer.headers["Cache-Control"]
    assert client.get("/cart/badge").headers["Location"] == "/cart"


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


def test_the_count_is_one_question(
    client: InspectingClient, count_queries: Callable[[], AbstractContextManager[Statements]]
) -> None:
    put(client, a_kettle())
    with count_queries() as asked:
        client.fragment("/cart/badge")
    asked.at_most(1)
