"""The log of a shop in production: every request has its line, and nobody finds a shopper in it."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from logging import ERROR, getLogger
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storefront.config import Settings
from storefront.platform import acting, db, http, jobs, logging
from tests.characters import a_kettle
from tests.serving import LiveServer, served

pytestmark = pytest.mark.processes
CANARY = "canary-k7f3"
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
Lines = list[dict[str, Any]]


@pytest.fixture(scope="module")
def _production(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    log = tmp_path_factory.mktemp("production") / "log"
    with served(settings, log, STOREFRONT_ENV="production", SECRET_KEY="s" * 48) as server:
        yield server


@pytest.fixture
def production(database: None, _production: LiveServer) -> LiveServer:
    """A shop whose log a program reads."""
    return _production


def ask(server: LiveServer, path: str, form: dict[str, str] | None = None, **headers: str) -> int:
    """The status of an answer."""
    body = urllib.parse.urlencode(form).encode() if form else None
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(server.url + path, body, told)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def lines(server: LiveServer) -> Lines:
    """What it said, each line by itself; a line that is no JSON fails."""
    return [json.loads(line) for line in server.said().rpartition("\n")[0].splitlines()]


def about(server: LiveServer, name: str) -> Lines:
    """What it said of one request, once it has told that it was answered."""
    while True:  # The test's own time limit ends it.
        found = [line for line in lines(server) if line.get("request_id") == name]
        if "request" in [line["event"] for line in found]:
            return found


def test_a_request_is_one_line(production: LiveServer) -> None:
    a_kettle(3)
    db.release()
    ask(production, "/products", X_Request_ID="first-look", traceparent=TRACE)
    ask(production, "/products", X_Request_ID="second-look")
    first, second = (about(production, name) for name in ("first-look", "second-look"))
    [built] = [line for line in first if line["event"] == "request"]
    [kept] = second
    assert built["trace_id"] == TRACE.split("-")[1]
    assert (built["cache"], kept["cache"]) == ("miss", "hit")
    assert built["sql"] > 0
    assert "sql" not in kept
    for line in (built, kept):
        assert (line["method"], line["route"], line["status"]) == ("GET", "catalog.products", 200)
        assert line["by"] == "visitor"
        assert line["ms"] >= 0


def test_what_was_refused_is_said_in_the_words_of_programs(production: LiveServer) -> None:
    assert (
        ask(
            production,
            "/cart/lines",
            {"variant": "none"},
            X_Request_ID="from-afar",
            Origin="https://x.example",
        )
        == 403
    )
    assert "refused: foreign-form" in [line["event"] for line in about(production, "from-afar")]


def test_no_shopper_is_found_in_it(production: LiveServer) -> None:
    kettle = a_kettle(3)
    db.release()
    paths = [
        f"/search?q={CANARY}",
        f"/{CANARY}",
        f"/orders/{CANARY}",
        f"/products/{CANARY}?utm={CANARY}",
        "/products?brand=" + CANARY,
    ]
    for path in paths:
        ask(
            production,
            path,
            Cookie=f"sf_cart={CANARY}",
            User_Agent=CANARY,
            Referer=f"https://{CANARY}.example/",
        )
    form = {
        "email": f"{CANARY}@example.com",
        "name": CANARY,
        "note": CANARY,
        "street": CANARY,
        "variant": kettle.sku,
    }
    for path in ("/cart/lines", "/checkout", "/orders"):
        ask(production, path, form, Cookie=f"sf_cart={CANARY}", Sec_Fetch_Site="same-origin")
        ask(production, path, form, Cookie=f"sf_cart={CANARY}")
    ask(production, "/livez", X_Request_ID="last-of-all")
    assert about(production, "last-of-all")
    assert len(lines(production)) > len(paths)
    assert CANARY not in production.said()


def test_an_error_says_what_broke_and_not_whose_it_was(database: None, settings: Settings) -> None:
    twice = text("INSERT INTO synonyms VALUES (:words, 'others'), (:words, 'others')")
    with pytest.raises(IntegrityError) as caught:
        db.session.execute(twice, {"words": CANARY})
    db.session.rollback()
    broke = (caught.type, caught.value, caught.tb)
    record = getLogger("storefront").makeRecord("storefront", ERROR, "", 0, "it broke", (), broke)
    production = settings.model_copy(update={"storefront_env": "production"})
    for told in (production, settings):
        line = logging.formatter(told).format(record)
        assert "uq_" in line or "pk_synonyms" in line
        assert "IntegrityError" in line
        assert CANARY not in line


def test_a_job_names_the_request_that_asked_for_it(database: None, app: Flask) -> None:
    seen: list[acting.Acting] = []
    with acting.acting_as(acting.Actor("staff", "7"), "request-1", TRACE), db.transaction():
        jobs.defer("a.job", number=7)
    arguments = db.session.scalar(text("SELECT args FROM procrastinate_jobs"))
    assert arguments == {"number": 7, "request_id": "request-1", "trace": TRACE}
    jobs.body(app, "a.job", lambda number: seen.append(acting.now()))(**arguments)
    assert seen == [acting.Acting(acting.Actor("job", "a.job"), "request-1", TRACE)]


@pytest.mark.parametrize(
    "given", ["", "00-1", TRACE.replace("0af7", "0AF7"), f"00-{'0' * 32}-b7ad6b7169203331-01"]
)
def test_what_is_no_trace_is_not_kept(given: str, app: Flask) -> None:
    http.begin({"HTTP_TRACEPARENT": given}, "a-request")
    assert acting.now() == acting.Acting(acting.Actor(), "a-request", None)
