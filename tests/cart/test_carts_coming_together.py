"""The cart of a visitor who signs in, and the one they left when they were here before."""

from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from storefront.cart import merging
from storefront.cart.models import Cart, CartLine
from storefront.catalog.models import Variant
from storefront.config import settings
from storefront.platform import db, http
from tests.characters import a_kettle, ada, ben
from tests.counting import Statements
from tests.inspecting import InspectingClient
from tests.people import PASSWORD, an_account, signed_in
from tests.shopping import a_cart


def put(client: InspectingClient, variant: Variant, quantity: int = 1) -> None:
    assert (
        client.post("/cart/lines", data={"variant": variant.sku, "quantity": str(quantity)}).status_code
        == 303
    )


def lines() -> list[tuple[int, int]]:
    query = select(CartLine.variant_id, CartLine.quantity).order_by(CartLine.variant_id)
    return [(row[0], row[1]) for row in db.session.execute(query)]


def come_in(client: InspectingClient) -> None:
    page = client.see("/account/sign-in")
    assert client.submit(page, "Sign in", email=ada.email, password=PASSWORD).status_code == 303


def test_two_carts_become_one(client: InspectingClient, another_client: InspectingClient) -> None:
    kettle, jug = a_kettle(20), a_kettle(20, title="Jug")
    an_account(ada)
    put(client, kettle, 2)
    come_in(client)
    assert "came to what" not in client.see("/cart").text()
    put(another_client, kettle, 3)
    put(another_client, jug)
    come_in(another_client)
    page = another_client.see("/cart")
    assert "4 things came to what lay in your cart" in page.text()
    assert lines() == [(kettle.id, 5), (jug.id, 1)]
    assert "came to what" not in another_client.see("/cart").text()
    assert "Jug" in client.see("/cart").text(), "both browsers see it"
    assert db.session.scalar(select(func.count()).select_from(Cart)) == 1


def test_what_is_too_much_is_left_out_or_said(
    client: InspectingClient, another_client: InspectingClient
) -> None:
    kettle, most = a_kettle(150), settings().max_line_quantity
    an_account(ada)
    put(client, kettle, most)
    come_in(client)
    client.see("/cart")
    put(another_client, kettle, most)
    come_in(another_client)
    another_client.see("/cart")
    assert lines() == [(kettle.id, most)]


def test_a_cart_holds_only_so_many_things(app: Flask, database: None) -> None:
    account, most = an_account(ada), settings().max_cart_lines
    variants = [a_kettle(1, title=f"Kettle {n}") for n in range(most + 1)]
    mine = a_cart(*((one, 1) for one in variants[:most]))
    merging.claim(mine.token, account.id)
    merging.claim(a_cart((variants[-1], 1)).token, account.id)
    assert len(lines()) == most


def test_a_cart_goes_with_its_owner_to_another_browser(
    client: InspectingClient, another_client: InspectingClient
) -> None:
    signed_in(client, ada)
    put(client, a_kettle(5))
    client.see("/cart")
    signed_in(another_client, ada)
    badge = another_client.fragment("/cart/badge")
    assert "1" in badge.document.text()
    assert "Kettle" in another_client.see("/cart").text()


def test_the_header_waits_until_the_cart_is_opened(client: InspectingClient) -> None:
    account = an_account(ada)
    old = a_cart((a_kettle(5), 1))
    merging.claim(old.token, account.id)
    put(client, a_kettle(5, title="Jug"))
    signed_in(client, ada)
    assert "1" in client.fragment("/cart/badge").document.text()
    assert "came to what" in client.see("/cart").text()


def test_what_ada_left_in_a_browser_is_not_bens(client: InspectingClient) -> None:
    """Her sign-in was over, but the cookie of her cart was not."""
    signed_in(client, ada)
    put(client, a_kettle(5))
    client.see("/cart")
    client.delete_cookie(http.cookie_name("account"))
    signed_in(client, ben)
    assert "Kettle" not in client.see("/cart").text()
    put(client, a_kettle(5, title="Jug"))
    assert "Jug" in client.see("/cart").text()
    assert "Kettle" not in client.see("/cart").text()
    assert db.session.scalar(select(func.count()).select_from(Cart)) == 2


def test_signing_out_leaves_no_cart_behind(client: InspectingClient) -> None:
    signed_in(client, ada)
    put(client, a_kettle(5))
    client.see("/cart")
    client.submit(client.see("/account"), "Sign out")
    assert "empty" in client.see("/cart").text()
    come_in(client)
    assert "Kettle" in client.see("/cart").text()


def test_the_checkout_finds_the_cart_too(client: InspectingClient, another_client: InspectingClient) -> None:
    signed_in(client, ada)
    put(client, a_kettle(5))
    client.see("/cart")
    signed_in(another_client, ada)
    assert "Kettle" in another_client.see("/checkout").text()


def test_guests_pay_nothing_for_it(client: InspectingClient, count_queries: object) -> None:
    put(client, a_kettle(5))
    client.see("/cart")
    asked: Statements
    with count_queries() as asked:  # type: ignore[operator]  # A fixture that makes context managers.
        client.see("/cart")
    assert not [statement for statement in asked if "accounts" in statement or "sign_ins" in statement]


@pytest.mark.race
def test_two_browsers_claim_at_once(app: Flask, database: None) -> None:
    account, kettle = an_account(ada), a_kettle(50)
    tokens = [a_cart((kettle, 1)).token for _ in range(6)]
    db.release()
    start = Barrier(len(tokens))

    def claim(token: str) -> None:
        with app.app_context():
            start.wait()
            merging.claim(token, account.id)

    threads = [Thread(target=claim, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lines() == [(kettle.id, 6)]
