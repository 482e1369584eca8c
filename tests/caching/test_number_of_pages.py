"""However the shop is read, and whatever is made up, no more pages are kept than its links lead to."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Flask

from storefront.catalog.models import Product
from storefront.platform import cache
from storefront.platform.paging import Cursor
from tests.characters import a_category, a_product, a_variant, stocked
from tests.crawling import crawl
from tests.inspecting import InspectingClient


def kettles(number: int) -> list[Product]:
    """So many of them, in two glazes, at prices of two ranges."""
    shelf = a_category("Kettles")
    found = []
    for place in range(number):
        kettle = a_product(f"Kettle {place}", category=shelf, option_names=["Glaze"])
        stocked(a_variant(kettle, options=[("Teal", "Rose")[place % 2]], price=500 + 2000 * (place % 2)), 2)
        found.append(kettle)
    return found


def kept() -> int:
    server = cache.valkey()
    assert server is not None
    return len(list(server.scan_iter("page:*")))


def test_a_crawl_keeps_one_page_for_each_address(client: InspectingClient, database: None) -> None:
    kettles(2)
    read = [answer for answer in crawl(client, "/", at_most=3000) if answer.status_code == 200]
    pages = {answer.request.full_path for answer in read if "Cache-Status" in answer.headers}
    number = kept()
    assert 15 < number <= len(pages)
    for page in sorted(pages)[::4]:
        parts = urlsplit(page)
        muddled = [*reversed(parse_qsl(parts.query)), ("utm_source", page), ("limit", "7"), ("in_stock", "x")]
        client.get(f"{parts.path}?{urlencode(muddled)}")
    assert kept() == number


MADE_UP: dict[str, Callable[[int, Product], str]] = {
    "prices": lambda n, _: f"/products?price={n}.01-{n + 70}",
    "one price, spelled anew": lambda n, _: f"/products?price={'0' * (n + 1)}10.00-24.99",
    "half a price": lambda n, _: f"/products?price={n + 1}-",
    "cursors": lambda n, one: f"/products?after={Cursor('featured', n + 7, one.id)}",
    "cursors of nothing": lambda n, _: f"/products?sort=name&after={Cursor('name', 'Kettle 1', n + 10**9)}",
    "one cursor, spelled anew": lambda n, one: (
        f"/products?after={Cursor('featured', 0, one.id)}{'=!'[n % 2] * n}"
    ),
    "cursors in what was found": lambda n, one: f"/search?q=kettle&after={Cursor('relevance', n, one.id)}",
    "stock": lambda n, _: f"/products?in_stock={n + 2}",
    "sorts": lambda n, _: f"/products?sort={n}",
    "choices": lambda n, _: f"/products?glaze={n}",
    "facets": lambda n, _: f"/products?{n}=teal",
    "variants": lambda n, _: f"/products/kettle-1?variant={n}",
    "words": lambda n, _: f"/search?q=elephant{n}",
    "typing": lambda n, _: f"/search/suggestions?q=elephant{n}",
    "things": lambda n, _: f"/products/elephant-{n}",
    "sheets": lambda n, _: f"/sitemap-products-{n}.xml",
}


def test_what_is_made_up_is_not_kept(app: Flask, database: None) -> None:
    one, stranger = kettles(2)[1], app.test_client()
    for kind, address in MADE_UP.items():
        before = kept()
        for number in range(6):
            stranger.get(address(number, one), headers={"HX-Request-Type": "partial"})
        assert kept() <= before + 1, kind


def test_the_second_page_is_kept(client: InspectingClient, database: None) -> None:
    kettles(25)
    for address in ("/products", "/products?sort=newest", "/products?sort=price", "/products?sort=name"):
        more = client.see(address).one("a[href*='after=']").get("href", "")
        assert client.get(more).headers["Cache-Status"] == "storefront; fwd=miss; stored"
        assert client.get(more).headers["Cache-Status"] == "storefront; hit"
