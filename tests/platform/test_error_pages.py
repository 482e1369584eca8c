"""Error pages: readable, with the way on, whatever else is broken."""

import pytest
from flask import Flask, render_template
from sqlalchemy.exc import OperationalError

from storefront.platform import pages
from tests.characters import a_category
from tests.documents import Document
from tests.inspecting import InspectingClient

STATUSES = (400, 403, 404, 405, 409, 413, 422, 429, 500, 503)


@pytest.fixture
def broken_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that every page shows can be read."""

    def fail() -> dict[str, object]:
        raise OperationalError("SELECT", {}, Exception("server closed the connection"))

    monkeypatch.setattr(pages, "_common", [fail])


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("fragment", [False, True])
def test_every_error_says_what_happened_and_the_way_on(
    app: Flask, database: None, status: int, *, fragment: bool
) -> None:
    with app.test_request_context("/"):
        text = render_template(
            f"errors/{status}.html", message="Said politely.", request_id="abc12345", fragment=fragment
        )
    document = Document.read(text)
    assert document.whole is not fragment
    assert len(document.all("h2" if fragment else "h1")) == 1
    assert "Said politely." in document.text(".trouble")
    assert f"Error {status}" in document.text(".code")
    assert "abc12345" in document.text(".code")
    assert document.all(".trouble a[href='/products']")


def test_whoever_is_lost_finds_the_shelves_and_the_search(client: InspectingClient) -> None:
    a_category("Kettles")
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "Kettles" in answer.document.text("nav.shelves")
    assert answer.document.all("#find-instead")
    assert answer.headers["X-Request-ID"] in answer.document.text(".code")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/prodcts/harbour-vase", "harbour vase"),
        ("/products/harbor-vaze", "harbor vaze"),
        ("/shop/Teekanne.html", "Teekanne"),
        ("/products/4711", ""),
        ("/orders/aGVsbG8gd29ybGQhIQ", ""),
        ("/orders/ada-lovelace", ""),
    ],
)
def test_the_search_box_asks_for_what_the_address_says_and_for_no_secret(
    client: InspectingClient, path: str, words: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.document.one("#find-instead").get("value") == words


def test_a_lost_page_needs_no_database(client: InspectingClient, broken_database: None) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert not answer.document.all("nav")
    assert "There is nothing here" in answer.document.text("h1")


def test_a_shop_without_its_database_says_so(client: InspectingClient, broken_database: None) -> None:
    answer = client.get("/products")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "Back in a moment" in answer.document.text("h1")


def test_a_wrong_method_is_answered_with_the_right_ones(client: InspectingClient) -> None:
    answer = client.post("/products")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_htmx_gets_the_readable_part_alone(client: InspectingClient) -> None:
    answer = client.fragment("/nowhere")
    assert answer.status_code == 404
    assert not answer.document.whole
    assert answer.document.text("section[role='alert'] h2") == "There is nothing here"
