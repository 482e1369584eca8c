"""Whose cart it is: the cookies, and who may change it."""

import pytest

from storefront.config import Settings
from storefront.platform import http
from tests.carts import EMPTY, cart, cookies, first_line, lines, put
from tests.characters import a_kettle
from tests.inspecting import InspectingClient


def test_the_cookie_holds_a_key_that_no_script_can_read(client: InspectingClient) -> None:
    given = cookies(put(client, a_kettle()))
    assert given.keys() == {"sf_cart"}
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(given["sf_cart"].split("; "))


def test_by_https_the_cookies_are_bound_to_it(
    client: InspectingClient, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    secure = settings.model_copy(update={"base_url": "https://kiln.example"})
    monkeypatch.setattr(http, "settings", lambda: secure)
    given = cookies(put(client, a_kettle()))
    assert given.keys() == {"__Host-sf_cart"}
    assert all("Secure" in cookie for cookie in given.values())


def test_the_days_of_the_cookies_begin_again_with_every_change(client: InspectingClient) -> None:
    put(client, a_kettle(), 2)
    assert "Set-Cookie" not in client.get("/cart").headers
    address = first_line(cart(client))
    assert cookies(client.post(address, data={"quantity": "1"})).keys() == {"sf_cart"}
    answer = client.fragment(address, method="POST", data={"quantity": "2"})
    assert cookies(answer).keys() == {"sf_cart"}


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


def test_the_count_in_the_header_is_nothing_where_there_is_none(client: InspectingClient) -> None:
    put(client, a_kettle())
    assert client.fragment("/cart/badge").document.text() == "1 item"
    client.submit(cart(client), "Remove")
    assert not client.fragment("/cart/badge").text.strip()
    assert "Set-Cookie" not in client.fragment("/cart/badge").headers
