"""The test tools themselves: each inspection sees what it is for."""

import socket
from collections.abc import Callable
from typing import Any

import pytest
from flask import g
from sqlalchemy import func, select

from storefront.inventory.models import StockMovement
from storefront.platform import db
from tests import characters, inspections
from tests.documents import Document, Form, ParseError
from tests.inspecting import InspectingClient
from tests.races.crowd import crowd, get
from tests.sweeping import sweep

GOOD = (
    "<!doctype html><html lang=en><head><title>Kettles</title></head>"
    "<body><main><h1>Kettles</h1>{}</main></body></html>"
)


def problems(body: str) -> list[str]:
    document = Document.read(GOOD.format(body))
    return [*inspections.of_page(document), *inspections.of_anything(document)]


def test_a_good_page_passes() -> None:
    assert (
        problems('<h2 id="a">A</h2><form><label>Name <input name="n"></label><button>Go</button></form>')
        == []
    )


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("<h1>Again</h1>", "it has 2 h1"),
        ("<h3>Deep</h3>", "skips a level"),
        ('<p id="a"></p><p id="a"></p>', "the id 'a' is there 2 times"),
        ('<a href="#gone">x</a>', "leads to #gone"),
        ('<a href="/x"></a>', "says nothing"),
        ('<a href="/x"><svg aria-hidden="true"><title>x</title></svg></a>', "says nothing"),
        ("<a>x</a>", "leads nowhere"),
        ("<button></button>", "says nothing"),
        ('<input name="n">', "has no label"),
        ('<label for="gone">x</label>', "refers to #gone"),
        ('<p aria-describedby="gone">x</p>', "refers to #gone"),
        ('<img src="/x.png" width="1" height="1">', "has no alt"),
        ('<img src="/x.png" alt="">', "does not keep its place"),
        ("<fieldset><p>x</p></fieldset>", "has no legend"),
        ('<p style="color:red">x</p>', "has style="),
        ('<p onclick="x()">x</p>', "has onclick="),
        ('<p hx-on:click="x()">x</p>', "has hx-on:click="),
        ('<p hx-vals="js:{a: 1}">x</p>', "runs a script"),
        ("<script>x()</script>", "is inline"),
        ('<button data-hx-post="/x">x</button>', "no form is around it"),
        ('<button><input aria-label="x"></button>', "stands inside"),
        ("<main></main>", "one main landmark"),
    ],
)
def test_a_bad_page_is_seen(body: str, seen: str) -> None:
    assert seen in "; ".join(problems(body))


def test_html_is_read_strictly() -> None:
    with pytest.raises(ParseError):
        Document.read(GOOD.format("<p><div></p>"))


def test_selectors_find_what_they_say() -> None:
    document = Document.read(
        '<ul id="goods"><li class="good gone"><!-- c --><a href="/a?b=1">A</a></li><li>B</li></ul>'
    )
    assert document.texts("#goods li") == ["A", "B"]
    assert document.texts("li.gone a[href^='/a'], nav") == ["A"]
    assert document.texts("ol li") == []


def test_a_form_sends_what_a_browser_would() -> None:
    document = Document.read(
        '<form action="/x" method="post"><input type="hidden" name="key" value="1">'
        '<input type="radio" name="way" value="a"><input type="radio" name="way" value="b" checked>'
        '<select name="country"><option value="DE">D</option><option value="AT" selected>A</option></select>'
        '<textarea name="note">\nhi</textarea><input type="checkbox" name="c" value="1">'
        '<button name="go" value="1">Go</button><button name="go" value="2">Stay</button></form>'
    )
    form = Form.of(document, document.one("form"), document.all("button")[0])
    assert form.fields == {"key": ["1"], "way": ["b"], "country": ["AT"], "note": ["hi"], "go": ["1"]}
    with pytest.raises(AssertionError, match="there is no 'colour'"):
        form.fill(colour="blue")


def test_sweeping_empties_even_what_may_never_be_deleted(database: None) -> None:
    characters.a_kettle(3)
    assert movements() == 1
    sweep(db.engine())
    assert movements() == 0


def movements() -> int:
    db.release()
    return db.session.scalar(select(func.count()).select_from(StockMovement)) or 0


def test_statements_are_counted(database: None, count_queries: Callable[[], Any]) -> None:
    with count_queries() as asked:
        movements()
        movements()
    asked.at_most(2)
    with pytest.raises(AssertionError, match="2 statements, 1 are allowed"):
        asked.at_most(1)


def test_the_client_looks_at_headers_and_at_error_pages(client: InspectingClient) -> None:
    assert client.get("/livez").text == "ok\n"
    assert client.get("/no-such-page").status_code == 404


def test_the_client_refuses_a_broken_answer(
    client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_it() -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(client.application.view_functions, "health.live", break_it)
    with pytest.raises(AssertionError, match="we broke"):
        client.get("/livez")
    with client.expecting_trouble():
        assert client.get("/livez").status_code == 500


def test_a_request_leaves_nothing_behind_in_the_test(client: InspectingClient) -> None:
    client.get("/livez")
    assert "request_id" not in g
    with db.transaction():
        assert db.inside().request_id is None


def test_a_crowd_that_is_called_off_leaves_no_line_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        people = crowd(f"http://127.0.0.1:{door.getsockname()[1]}", [get("/")] * 3, at_once=2, patience=0.1)
        assert next(people).trouble == "no answer in time"
        people.close()  # type: ignore[attr-defined]  # A generator, as whoever fails while it runs leaves it.
        door.settimeout(5)
        for _ in range(2):
            with door.accept()[0] as line:
                line.settimeout(5)
                assert b"".join(iter(lambda: line.recv(65536), b"")).startswith(b"GET / ")
