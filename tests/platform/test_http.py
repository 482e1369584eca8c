"""Requests have names, cookies have rules, and a change leads to a page."""

from collections.abc import Callable

import pytest
from flask import Flask, Response

from storefront.platform import http


def with_cookies(app: Flask) -> Flask:
    @app.get("/remember")
    def remember() -> Response:
        response = Response("noted")
        http.remember(response, "cart", "secret")
        return response

    @app.get("/recall")
    def recall() -> str:
        return http.remembered("cart") or "nobody"

    @app.get("/forget")
    def forget() -> Response:
        response = Response("forgotten")
        http.forget(response, "cart")
        return response

    return app


def test_cookies_are_ours_alone(another_app: Callable[..., Flask]) -> None:
    client = with_cookies(another_app()).test_client()
    (secret,) = client.get("/remember").headers.getlist("Set-Cookie")
    assert secret.startswith("sf_cart=secret;")
    assert all(part in secret for part in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"))
    assert "Secure" not in secret
    assert client.get("/recall").text == "secret"
    client.get("/forget")
    assert client.get("/recall").text == "nobody"


def test_cookies_are_bound_to_https_and_the_host(another_app: Callable[..., Flask]) -> None:
    client = with_cookies(another_app(base_url="https://kiln.example")).test_client()
    for cookie in client.get("/remember", base_url="https://kiln.example").headers.getlist("Set-Cookie"):
        assert cookie.startswith("__Host-sf_")
        assert "Secure" in cookie
        assert "Domain" not in cookie
    assert client.get("/recall", base_url="https://kiln.example").text == "secret"


def test_every_answer_has_its_own_name(another_app: Callable[..., Flask]) -> None:
    client = another_app().test_client()
    names = {client.get("/livez").headers["X-Request-ID"] for _ in range(5)}
    assert len(names) == 5


def test_a_strangers_name_for_a_request_is_not_believed(another_app: Callable[..., Flask]) -> None:
    answer = another_app().test_client().get("/livez", headers={"X-Request-ID": "chosen-by-ada"})
    assert answer.headers["X-Request-ID"] != "chosen-by-ada"


@pytest.mark.parametrize(
    ("name", "believed"), [("chosen-by-nginx", True), ("short", False), ("a b c d e f", False)]
)
def test_a_trusted_proxy_may_name_requests(
    another_app: Callable[..., Flask], name: str, believed: bool
) -> None:
    answer = another_app(trusted_proxies=1).test_client().get("/livez", headers={"X-Request-ID": name})
    assert (answer.headers["X-Request-ID"] == name) is believed


def test_a_change_leads_to_a_page_by_a_relative_address(app: Flask) -> None:
    with app.test_request_context():
        response = http.see("health.live")
    assert (response.status_code, response.headers["Location"]) == (303, "/livez")


def test_htmx_is_told_to_leave_for_another_page(app: Flask) -> None:
    with app.test_request_context(headers={"HX-Request-Type": "partial"}):
        partial = http.leave_for("health.live")
    with app.test_request_context():
        whole = http.leave_for("health.live")
    assert (partial.status_code, partial.headers["HX-Redirect"]) == (204, "/livez")
    assert (whole.status_code, whole.headers["Location"]) == (303, "/livez")


@pytest.mark.parametrize("path", ["/products//kettle", "/cart//lines", "/static//site.css"])
def test_an_address_with_an_empty_part_is_none_of_ours(app: Flask, database: None, path: str) -> None:
    answer = app.test_client().get(path)
    assert answer.status_code == 404
    assert "Location" not in answer.headers
