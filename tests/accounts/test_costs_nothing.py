"""Public pages know nobody: signed in or not, nothing of accounts runs for them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask, session

from storefront.accounts import views
from storefront.platform import cache, guard
from tests.characters import a_category, a_kettle, a_product, a_variant, ada, stocked
from tests.counting import Statements
from tests.inspecting import InspectingClient
from tests.people import signed_in

PUBLIC = (
    "/",
    "/products",
    "/categories/cups",
    "/products/cup",
    "/search?q=cup",
    "/pages/about",
    "/robots.txt",
)
OURS = ("accounts", "sign_ins", "account_roles")
Counting = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time when somebody wants to know who is signed in."""
    seen: list[str] = []

    def who_asks(request: Any) -> Any:
        seen.append(request.path)
        return views.who_asks(request)

    monkeypatch.setattr(guard.login_manager(app), "_request_callback", who_asks)
    return seen


def forget_pages(app: Flask) -> None:
    server = cache.valkey()
    assert server
    server.flushdb()
    app.extensions["copies"].forget(None)


def test_public_pages_ask_for_nobody(
    app: Flask,
    client: InspectingClient,
    another_client: InspectingClient,
    asked: list[str],
    count_queries: Counting,
) -> None:
    stocked(a_variant(a_product("Cup", slug="cup", category=a_category("Cups"))), 3)
    signed_in(client, ada)
    for path in PUBLIC:
        for browser in (client, another_client):
            forget_pages(app)
            with count_queries() as statements:
                answer = browser.get(path)
            assert answer.status_code == 200
            assert not [one for one in statements if any(name in one for name in OURS)], path
            assert "cookie" not in answer.headers.get("Vary", "").lower(), path
            assert "Set-Cookie" not in answer.headers, path
        assert client.get(path).data == another_client.get(path).data, path
    assert asked == []


def test_a_guest_is_known_to_be_one_without_a_question(
    client: InspectingClient, asked: list[str], count_queries: Counting
) -> None:
    client.post("/cart/lines", data={"variant": a_kettle().sku, "quantity": "1"})
    with count_queries() as statements:
        for path in ("/cart", "/checkout"):
            assert client.get(path).status_code == 200
        client.fragment("/cart/badge")
    assert asked == []
    assert not [one for one in statements if any(name in one for name in OURS)]


def test_who_is_signed_in_is_asked_once_in_a_request(
    client: InspectingClient, asked: list[str], count_queries: Counting
) -> None:
    signed_in(client, ada)
    with count_queries() as statements:
        client.see("/account")
    assert asked == ["/account"]
    assert len([one for one in statements if "sign_ins" in one]) == 1
    for path, most in {
        "/account/orders": 8,
        "/account/addresses": 4,
        "/account/sign-ins": 4,
        "/account/details": 4,
    }.items():
        with count_queries() as statements:
            client.see(path)
        statements.at_most(most)


def test_nothing_is_kept_in_a_session(app: Flask, client: InspectingClient) -> None:
    signed_in(client, ada)
    answer = client.get("/account")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-store"
    with app.test_request_context(), pytest.raises(RuntimeError, match="session is unavailable"):
        session["x"] = 1
