"""Every limit bites whoever comes too often, over HTTP, in two processes; nobody honest meets one."""

import json
from collections.abc import Callable, Iterator

import pytest

from storefront.config import Settings
from tests.characters import a_category, a_product, a_variant, stocked
from tests.platform.calling import Called, Caller
from tests.serving import LiveServer, served

pytestmark = pytest.mark.processes

LIMITS: dict[str, tuple[int, Callable[[Caller, int], Called]]] = {
    "search": (30, lambda who, n: who.get(f"/search?q=elephant{n}")),
    "suggestions": (120, lambda who, n: who.region(f"/search/suggestions?q=elephant{n}")),
    "order": (10, lambda who, _: who.post("/orders")),
    "cart": (60, lambda who, _: who.post("/cart/lines", variant="none")),
    "review": (3, lambda who, _: who.post("/products/kettle/reviews", rating="5", text="Pours well.")),
    "everything": (100, lambda who, _: who.get("/cart")),
    "nothing": (100, lambda who, n: who.get(f"/api/v1/{n}")),
}
"""How often each is let in when nobody sets anything else, and a call that is counted."""


@pytest.fixture(scope="module")
def strict(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The shop with the limits it has when nobody sets any."""
    usual = settings.model_copy(update={"rate_limit_calls": Settings().rate_limit_calls})
    with served(usual, tmp_path_factory.mktemp("strict") / "log") as server:
        yield server


@pytest.fixture
def shop(database: None, strict: LiveServer) -> LiveServer:
    return strict


@pytest.mark.parametrize("kind", LIMITS)
def test_a_limit_lets_so_many_in_and_no_more(shop: LiveServer, kind: str) -> None:
    most, call = LIMITS[kind]
    ada = Caller(shop)
    for number in range(most):
        let_in = call(ada, number)
        assert let_in.status not in (429, 500), number
        assert "Retry-After" not in let_in.headers
    refused = call(ada, most)
    assert refused.status == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert "no-store" in refused.headers["Cache-Control"]
    assert "wait a minute" in refused.text or kind == "nothing"
    assert call(Caller(shop), most + 1).status != 429


def tired(shop: LiveServer) -> Caller:
    """Somebody who has come too often."""
    who = Caller(shop)
    while who.get("/cart").status != 429:
        pass
    return who


def test_people_and_htmx_and_programs_each_read_why(shop: LiveServer) -> None:
    ada = tired(shop)
    page, region, problem = ada.get("/cart"), ada.region("/cart"), ada.get("/api/v1/anything")
    assert {page.status, region.status, problem.status} == {429}
    assert page.text.startswith("<!doctype html>")
    assert "A little too fast" in page.text
    assert "A little too fast" in region.text
    assert "<html" not in region.text
    assert problem.headers["Content-Type"] == "application/problem+json"
    said = json.loads(problem.text)
    assert (said["status"], said["code"]) == (429, "too-many-requests")
    assert said["request_id"] == problem.headers["X-Request-ID"]
    assert 1 <= int(problem.headers["Retry-After"]) <= 61


def test_programs_read_of_other_troubles_in_their_way_too(shop: LiveServer) -> None:
    lost = Caller(shop).get("/api/v1/anything")
    assert (lost.status, json.loads(lost.text)["title"]) == (404, "Not Found")
    assert "Retry-After" not in lost.headers


def test_what_costs_nothing_is_not_counted(shop: LiveServer) -> None:
    stocked(a_variant(a_product("Kettle", slug="kettle", category=a_category("Kettles"))), 9)
    ada = tired(shop)
    kept = Caller(shop).get("/products/kettle")
    assert ada.get("/products/kettle").status == 200
    assert ada.get("/products/kettle", **{"If-None-Match": kept.headers["ETag"]}).status == 304
    assert ada.get("/categories/kettles").status == 429
    assert ada.ahead("/categories/kettles").status == 200
    assert ada.get("/categories/kettles").status == 200
    for free in ("/livez", "/readyz", "/health_check", "/static/site.css", "/robots.txt", "/media/none.jpg"):
        assert ada.get(free).status in (200, 404)
    assert ada.region("/cart/badge").status < 300
    assert ada.region("/search/suggestions?q=ket").status == 200
    assert ada.get("/search?q=kettle").status == 200


def test_forty_pages_in_a_minute_meet_no_limit(shop: LiveServer) -> None:
    """Each with what a browser fetches besides; none was asked for before."""
    shelf = a_category("Kettles")
    slugs = [f"kettle-{number}" for number in range(40)]
    for slug in slugs:
        stocked(a_variant(a_product(slug, slug=slug, category=shelf)), 9)
    ada, refused = Caller(shop), 0
    for number, slug in enumerate(slugs):
        answers = [
            ada.get(f"/products/{slug}"),
            ada.region("/cart/badge"),
            *(ada.ahead(f"/products/{slugs[(number + step) % 40]}") for step in (1, 2, 3)),
            *(ada.region(f"/search/suggestions?q={'kettle'[: 2 + step]}{number}") for step in (1, 2)),
        ]
        refused += sum(answer.status == 429 for answer in answers)
    assert refused == 0


def test_a_header_is_no_way_past_every_limit(settings: Settings, database: None, strict: LiveServer) -> None:
    ada = Caller(strict)
    statuses = [ada.ahead(f"/api/v1/{number}").status for number in range(1001)]
    assert (statuses[999], statuses[1000]) == (404, 429)


def test_a_household_is_counted_as_one_and_its_neighbours_are_not(shop: LiveServer) -> None:
    for number in range(10):
        Caller(shop, f"2001:db8:1:2::{number + 1:x}").post("/orders")
    assert Caller(shop, "2001:db8:1:2:ffff::1").post("/orders").status == 429
    assert Caller(shop, "2001:db8:1:3::1").post("/orders").status != 429


def test_what_the_proxy_did_not_say_is_not_believed(shop: LiveServer) -> None:
    """The last address is the proxy's word; those before it are whatever the visitor wrote."""
    for number in range(10):
        Caller(shop, f"203.0.113.{number}, 192.0.2.200").post("/orders")
    assert Caller(shop, "203.0.113.99, 192.0.2.200").post("/orders").status == 429
