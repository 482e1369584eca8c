"""Public pages are built once for everybody, sent as each reader can take them, and anew after a change."""

import gzip
import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import brotli
import pytest
from flask import Flask

from storefront.catalog.models import Variant
from storefront.inventory import stock
from storefront.platform import cache, db
from storefront.shop.actions import describe_shop
from tests.characters import a_category, a_product, a_variant, reprice, stocked
from tests.counting import Statements
from tests.inspecting import PARTIAL, InspectingClient

Counting = Callable[[], AbstractContextManager[Statements]]

ADDRESSES = (
    "/",
    "/products",
    "/products?glaze=teal",
    "/categories/kettles",
    "/products/kettle",
    "/search?q=kettle",
    "/search/suggestions?q=ket",
    "/pages/about",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/sitemap-products-0.xml",
    "/feed.xml",
    "/manifest.webmanifest",
    "/.well-known/security.txt",
)
"""A public page of each kind."""


@pytest.fixture
def kettle(database: None) -> Variant:
    """A kettle on its shelf, in two glazes."""
    kettle = a_product(
        "Kettle",
        slug="kettle",
        category=a_category("Kettles"),
        option_names=["Glaze"],
        description="Tea. " * 99,
    )
    stocked(a_variant(kettle, sku="K-ROSE", options=["Rose"]), 9)
    return stocked(a_variant(kettle, sku="K-TEAL", options=["Teal"]), 9)


@pytest.mark.parametrize("headers", [{}, PARTIAL])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_built_once(
    client: InspectingClient, kettle: Variant, count_queries: Counting, address: str, headers: dict[str, str]
) -> None:
    built = client.get(address, headers=headers)
    with count_queries() as asked:
        kept = client.get(address, headers=headers)
    asked.at_most(0)
    if built.status_code == 200:  # Without scripts, suggestions lead to the search.
        assert kept.data == built.data
        assert (built.headers["Cache-Status"], kept.headers["Cache-Status"]) == (
            "storefront; fwd=miss; stored",
            "storefront; hit",
        )
        assert built.headers["X-Request-ID"] != kept.headers["X-Request-ID"]


def test_who_asks_makes_no_difference(app: Flask, client: InspectingClient, kettle: Variant) -> None:
    client.post("/cart/lines", data={"variant": kettle.sku, "quantity": 2})
    client.get("/products")
    assert "sf_cart" in client.get("/cart").request.headers["Cookie"]
    stranger = app.test_client().get("/products")
    assert stranger.headers["Cache-Status"] == "storefront; hit"
    assert "Set-Cookie" not in stranger.headers
    assert "Cookie" not in stranger.headers["Vary"]


@pytest.mark.parametrize(
    ("accepted", "encoding", "read"),
    [
        ("", None, bytes),
        ("identity", None, bytes),
        ("gzip", "gzip", gzip.decompress),
        ("gzip, deflate, br", "br", brotli.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("BR ; q=0.0", None, bytes),
    ],
)
def test_each_reader_gets_an_encoding_it_knows(
    app: Flask, kettle: Variant, accepted: str, encoding: str | None, read: Callable[[bytes], bytes]
) -> None:
    browser = app.test_client()
    plain = browser.get("/products/kettle")
    answer = browser.get("/products/kettle", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == encoding
    assert read(answer.data) == plain.data
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert (answer.headers["ETag"] == plain.headers["ETag"]) == (encoding is None)
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_who_has_a_page_already_is_told_so(app: Flask, kettle: Variant) -> None:
    browser = app.test_client()
    etag = browser.get("/products/kettle").headers["ETag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = browser.get("/products/kettle", headers={"If-None-Match": known})
        assert (again.status_code, again.data) == (304, b"")
        assert (again.headers["ETag"], again.headers.get("Content-Type")) == (etag, None)
        assert "s-maxage" in again.headers["Cache-Control"]
    assert browser.get("/products/kettle", headers={"If-None-Match": '"other"'}).status_code == 200
    reprice(kettle, 9900)
    assert browser.get("/products/kettle", headers={"If-None-Match": etag}).status_code == 200


def test_a_head_has_all_but_the_body(app: Flask, kettle: Variant) -> None:
    browser = app.test_client()
    page, head = browser.get("/products"), browser.head("/products")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == page.headers["Content-Length"]
    assert head.headers["ETag"] == page.headers["ETag"]


def test_only_whole_pages_may_be_kept_on_the_way(client: InspectingClient, kettle: Variant) -> None:
    page, region = client.get("/products"), client.fragment("/products")
    assert page.headers["Cache-Control"] == "public, max-age=0, s-maxage=10, stale-while-revalidate=60"
    assert region.headers["Cache-Control"] == "private, no-cache"
    assert region.headers["ETag"] != page.headers["ETag"]


def sells(kettle: Variant) -> None:
    with db.transaction():
        stock.set_on_hand(kettle.id, 0, "count")


CHANGES: dict[str, tuple[Callable[[Variant], object], str, tuple[str, ...]]] = {
    "price": (
        lambda kettle: reprice(kettle, 1234),
        "12.34",
        ("/", "/products", "/products/kettle?variant=K-TEAL"),
    ),
    "stock": (sells, "Sold out", ("/products/kettle?variant=K-TEAL",)),
    "name": (
        lambda _: describe_shop(name="Neu & Co"),
        "Neu &amp; Co",
        ("/", "/products/kettle", "/pages/about"),
    ),
    "shelf": (lambda _: a_category("Bowls"), "Bowls", ("/", "/products/kettle", "/pages/about")),
    "new": (lambda _: a_variant(a_product("Jug")), "Jug", ("/", "/products", "/search?q=jug")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_at_once(client: InspectingClient, kettle: Variant, change: str) -> None:
    happen, seen, addresses = CHANGES[change]
    for address in addresses:
        assert seen not in client.get(address).text
    happen(kettle)
    for address in addresses:
        assert seen in client.get(address).text, address


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("/products?utm_source=mail&fbclid=x&PHPSESSID=1", "/products"),
        ("/products?glaze=teal&glaze=rose", "/products?glaze=rose&glaze=teal&glaze=rose"),
        ("/products?sort=price&in_stock=1", "/products?in_stock=1&sort=price&sort=name&limit=9"),
        ("/search?q=kettle", "/search?q=%20kettle+&page=3"),
        ("/products/kettle?variant=K-TEAL", "/products/kettle?ref=mail&variant=K-TEAL&variant=K-ROSE"),
        ("/?gclid=1", "/"),
    ],
)
def test_what_changes_nothing_makes_no_other_page(
    client: InspectingClient, kettle: Variant, address: str, same: str
) -> None:
    assert client.get(address).headers["Cache-Status"] == "storefront; fwd=miss; stored"
    assert client.get(same).headers["Cache-Status"] == "storefront; hit"


@pytest.mark.parametrize(
    "address",
    [
        "/products/nowhere",
        "/categories/nowhere",
        "/pages/nowhere",
        "/products?from=1&to=2",
        "/products?sort=nonsense",
        "/products?glaze=none",
        "/search?q=elephant",
        "/products/kettle?variant=GONE",
        "/products?after=nonsense",
    ],
)
def test_what_is_wrong_or_leads_on_is_not_kept(
    client: InspectingClient, kettle: Variant, address: str
) -> None:
    for _ in range(2):
        assert client.get(address).headers["Cache-Status"] == "storefront; fwd=bypass"
    assert kept() == 0


def kept() -> int:
    """How many pages are kept."""
    server = cache.valkey()
    assert server is not None
    return len(list(server.scan_iter("page:*")))


def test_what_is_not_public_goes_by(client: InspectingClient, kettle: Variant) -> None:
    for address in ("/cart", "/checkout", "/livez"):
        assert "Cache-Status" not in client.get(address).headers
    client.post("/products", data={})
    assert kept() == 0


def test_each_answer_says_what_its_time_went_into(client: InspectingClient, kettle: Variant) -> None:
    built, kept, cart = client.get("/products"), client.get("/products"), client.get("/cart")
    assert re.fullmatch(
        r'cache;desc=miss, sql;desc="\d+";dur=[\d.]+, render;dur=[\d.]+', built.headers["Server-Timing"]
    )
    assert kept.headers["Server-Timing"] == "cache;desc=hit"
    assert cart.headers["Server-Timing"].startswith("cache;desc=none, sql;")
    for answer in (built, kept, cart):
        assert re.fullmatch(r"\d+\.\dms", answer.headers["X-Response-Time"])
