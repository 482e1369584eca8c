"""Browsers are told what to refuse, and forms of other sites are refused by us."""

from collections.abc import Callable

import pytest
from flask import Flask, Response

from tests.inspecting import Answer, InspectingClient, silent

OURS = "http://localhost"


def with_a_change(app: Flask) -> InspectingClient:
    """A client of an application with one address that changes something."""

    @app.post("/change")
    def change() -> Response:
        return Response("changed", mimetype="text/plain")

    return silent(InspectingClient(app, Answer))


@pytest.fixture
def visitor(another_app: Callable[..., Flask]) -> InspectingClient:
    return with_a_change(another_app())


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": OURS},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    ],
)
def test_our_own_forms_and_programs_are_welcome(visitor: InspectingClient, headers: dict[str, str]) -> None:
    assert visitor.post("/change", headers=headers).text == "changed"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": OURS},
        {"Sec-Fetch-Site": ""},
        {"Origin": "https://evil.example"},
        {"Origin": "https://localhost"},
        {"Origin": "http://localhost:81"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://[bad"},
        {"Origin": "null"},
        {"Origin": ""},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_forms_of_other_sites_are_refused(
    visitor: InspectingClient, headers: dict[str, str], method: str
) -> None:
    answer = visitor.open("/change", method=method, headers=headers)
    assert answer.status_code == 403
    assert "This form was sent from another site." in answer.document.text("main")


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_is_free_for_all(visitor: InspectingClient, method: str) -> None:
    assert visitor.open("/livez", method=method, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_behind_a_proxy_our_address_is_the_one_people_see(another_app: Callable[..., Flask]) -> None:
    client = with_a_change(another_app(trusted_proxies=1))
    forwarded = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "kiln.example",
        "X-Forwarded-For": "192.0.2.1",
    }
    assert client.post("/change", headers=forwarded | {"Origin": "https://kiln.example"}).status_code == 200
    assert client.post("/change", headers=forwarded | {"Origin": OURS}).status_code == 403


def test_an_untrusted_proxy_changes_nothing(visitor: InspectingClient) -> None:
    headers = {"X-Forwarded-Host": "evil.example", "Origin": "http://evil.example"}
    assert visitor.post("/change", headers=headers).status_code == 403


def test_https_is_remembered_where_there_is_https(another_app: Callable[..., Flask]) -> None:
    answer = another_app(base_url="https://kiln.example").test_client().get("/livez")
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_http_makes_no_such_promise(visitor: InspectingClient) -> None:
    assert "Strict-Transport-Security" not in visitor.get("/livez").headers


def test_the_content_policy_trusts_nobody_else(visitor: InspectingClient) -> None:
    policy = visitor.get("/livez").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
