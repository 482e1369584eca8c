"""Whatever goes wrong, a person can read what happened and how to go on, and nobody reads more."""

from collections.abc import Callable

import pytest
from flask import Flask, Response, abort, request
from sqlalchemy import text

from storefront.platform import db
from storefront.platform.errors import Busy, NotFound, Refusal
from tests.inspecting import Answer, InspectingClient


class KettleInUse(Refusal):
    """The kettle is on the fire."""

    code = "kettle-in-use"

    def message(self) -> str:
        return "The kettle is on the fire <now>."


def divide() -> None:
    1 // 0  # noqa: B018 - it is meant to fail


def ask(statement: str) -> Callable[[], None]:
    def run() -> None:
        db.session.execute(text(statement))

    return run


def refuse(refusal: Refusal) -> Callable[[], None]:
    def run() -> None:
        raise refusal

    return run


TROUBLES: dict[str, tuple[Callable[[], object], int]] = {
    "a refusal": (refuse(KettleInUse()), 409),
    "nothing there": (refuse(NotFound()), 404),
    "too many at once": (refuse(Busy()), 503),
    "a mistake of ours": (divide, 500),
    "a mistake in SQL": (ask("SELECT nothing FROM nowhere"), 500),
    "a slow statement": (ask("SET LOCAL statement_timeout = '20ms'; SELECT pg_sleep(2)"), 503),
    "a lock not got": (ask("DO $$ BEGIN RAISE SQLSTATE '55P03'; END $$"), 503),
    "a server that stops": (ask("SELECT pg_terminate_backend(pg_backend_pid())"), 503),
    "a page that was forbidden": (lambda: abort(403), 403),
    "a body too large": (lambda: abort(413), 413),
    "a teapot": (lambda: abort(418), 418),
    "a gateway": (lambda: abort(502), 502),
}


def in_trouble(app: Flask) -> InspectingClient:
    """A client of an application that has an address for each trouble."""

    @app.route("/trouble/<name>", methods=["GET", "POST"])
    def trouble(name: str) -> Response:
        TROUBLES[name][0]()
        return Response("well", mimetype="text/plain")

    @app.post("/form")
    def form() -> Response:
        return Response(f"{len(request.form)} fields", mimetype="text/plain")

    return InspectingClient(app, Answer)


@pytest.fixture
def visitor(another_app: Callable[..., Flask]) -> InspectingClient:
    return in_trouble(another_app())


@pytest.mark.parametrize("name", TROUBLES)
def test_it_is_said_in_words(visitor: InspectingClient, name: str) -> None:
    with visitor.expecting_trouble():
        answer = visitor.get(f"/trouble/{name}")
    assert answer.status_code == TROUBLES[name][1]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Request-ID"] in answer.document.text("main")


@pytest.mark.parametrize("name", TROUBLES)
def test_htmx_gets_a_fragment_of_it(visitor: InspectingClient, name: str) -> None:
    with visitor.expecting_trouble():
        answer = visitor.fragment(f"/trouble/{name}")
    assert answer.status_code == TROUBLES[name][1]
    assert not answer.document.whole
    assert len(answer.document.all("h1, h2")) >= 1


def test_a_refusal_says_itself_and_is_escaped(visitor: InspectingClient) -> None:
    answer = visitor.get("/trouble/a refusal")
    assert "The kettle is on the fire <now>." in answer.document.text("main")
    assert "&lt;now&gt;" in answer.text


@pytest.mark.parametrize("name", ["too many at once", "a slow statement", "a server that stops"])
def test_whoever_should_come_again_is_told_when(visitor: InspectingClient, name: str) -> None:
    assert int(visitor.get(f"/trouble/{name}").headers["Retry-After"]) > 0


def test_after_a_server_stopped_the_next_page_is_well(visitor: InspectingClient) -> None:
    visitor.get("/trouble/a server that stops")
    assert visitor.get("/trouble/a refusal").status_code == 409


def test_our_mistake_is_written_down_whole(
    visitor: InspectingClient, caplog: pytest.LogCaptureFixture
) -> None:
    with visitor.expecting_trouble():
        visitor.get("/trouble/a mistake of ours")
    assert "ZeroDivisionError" in caplog.text


def test_what_cannot_be_done_here_says_what_can(visitor: InspectingClient) -> None:
    answer = visitor.get("/form")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_without_a_database_there_is_a_page(another_app: Callable[..., Flask]) -> None:
    app = another_app(database_url="postgresql://nobody@127.0.0.1:1/none")

    @app.get("/shelf")
    def shelf() -> Response:
        db.session.execute(text("SELECT 1"))
        return Response("well", mimetype="text/plain")

    answer = InspectingClient(app, Answer).get("/shelf")
    assert answer.status_code == 503
    assert "Back in a moment" in answer.document.text("h1")


def test_no_free_connection_is_a_page(another_app: Callable[..., Flask]) -> None:
    app = another_app(db_pool_size=1, db_pool_timeout=0.05)

    @app.get("/shelf")
    def shelf() -> Response:
        with db.engine().connect():
            db.session.execute(text("SELECT 1"))
        return Response("well", mimetype="text/plain")

    assert InspectingClient(app, Answer).get("/shelf").status_code == 503


@pytest.mark.parametrize(
    "body",
    [
        {"data": {f"field{n}": "x" for n in range(300)}, "content_type": "multipart/form-data"},
        {"data": {"note": "x" * (2 * 1024 * 1024)}},
        {
            "data": b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\n'
            + b"x" * (2 * 1024 * 1024)
            + b"\r\n--x--\r\n",
            "content_type": "multipart/form-data; boundary=x",
        },
        {"data": b"x" * (9 * 1024 * 1024), "content_type": "application/x-www-form-urlencoded"},
    ],
    ids=["many fields", "a long field", "a long part", "a large body"],
)
def test_too_much_at_once_is_refused(visitor: InspectingClient, body: dict[str, object]) -> None:
    assert visitor.post("/form", **body).status_code == 413
