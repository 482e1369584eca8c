"""What programs read of the shelves: the sitemap and the feed of what is new."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import update

from storefront.catalog import sitemap
from storefront.catalog.models import Category, Product
from storefront.platform import clock, db, links, prose
from tests.characters import a_category, a_kettle, a_product, a_variant
from tests.counting import Statements
from tests.inspecting import InspectingClient

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"
Counting = Callable[[], AbstractContextManager[Statements]]


def addresses(client: InspectingClient, path: str) -> list[str]:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    return [loc.text or "" for loc in ET.fromstring(answer.data).iter(f"{SITEMAP}loc")]


def path_of(address: str) -> str:
    return address.removeprefix("http://localhost")


def renumber(thing: Category | Product, number: int) -> None:
    with db.transaction() as session:
        table = type(thing)
        session.execute(update(table).where(table.id == thing.id).values(id=number))


def test_every_page_of_the_sitemap_is_there(client: InspectingClient) -> None:
    a_category("Tea")
    a_kettle(title="Kettle")
    a_kettle(title="Pot")
    sheets = addresses(client, "/sitemap.xml")
    found = [address for sheet in sheets for address in addresses(client, path_of(sheet))]
    assert len(found) == len(set(found)) == 2 + 7 + 1 + 2
    assert {"http://localhost/", "http://localhost/products", "http://localhost/categories/tea"} < set(found)
    for address in found:
        assert client.get(path_of(address)).status_code == 200, address


def test_the_sitemap_names_only_what_can_be_found(client: InspectingClient) -> None:
    a_variant(a_product("Draft", status="draft"))
    a_product("Bare")
    assert addresses(client, "/sitemap.xml") == ["http://localhost/sitemap-pages.xml"]


def test_sheets_are_cut_by_id_and_say_when_they_changed(client: InspectingClient) -> None:
    first, later, last = a_category("First"), a_category("Later"), a_category("Last")
    for shelf, number in ((first, 9_999_999), (later, 10_000_000), (last, 10_009_999)):
        renumber(shelf, number)
    kettle = a_kettle()
    index = ET.fromstring(client.get("/sitemap.xml").data)
    numbers = [path_of(loc.text or "") for loc in index.iter(f"{SITEMAP}loc")]
    product_sheet = f"/sitemap-products-{kettle.product_id // sitemap.SHEET}.xml"
    assert numbers == [
        "/sitemap-pages.xml",
        "/sitemap-shelves-999.xml",
        "/sitemap-shelves-1000.xml",
        product_sheet,
    ]
    assert addresses(client, "/sitemap-shelves-1000.xml") == [
        "http://localhost/categories/later",
        "http://localhost/categories/last",
    ]
    changed = db.session.get_one(Product, kettle.product_id).updated_at.isoformat()
    assert [lastmod.text for lastmod in index.iter(f"{SITEMAP}lastmod")] == [changed]
    sheet = ET.fromstring(client.get(product_sheet).data)
    assert [lastmod.text for lastmod in sheet.iter(f"{SITEMAP}lastmod")] == [changed]


@pytest.mark.parametrize(
    "sheet", ["products-77", "shelves-0", "products-x", "carts-0", "products-" + "9" * 30]
)
def test_no_other_sheet_is_there(client: InspectingClient, sheet: str) -> None:
    assert client.get(f"/sitemap-{sheet}.xml").status_code == 404


def test_a_sheet_costs_one_statement(client: InspectingClient, count_queries: Counting) -> None:
    sheet = {a_kettle().product_id // sitemap.SHEET for _each in range(5)}.pop()
    with count_queries() as asked:
        client.get(f"/sitemap-products-{sheet}.xml")
    asked.at_most(1)


@pytest.mark.parametrize(
    "slug", ["vase", "blå-krus", "a&b", "1+1=2;3", "it's,(new)!", "a~b_c.d@e:f*$", 'a|b^c"<>']
)
def test_addresses_made_in_bulk_are_those_of_routing(client: InspectingClient, slug: str) -> None:
    with client.application.test_request_context():
        assert links.each("catalog.product", "slug")(slug) == links.whole("catalog.product", slug=slug)


def test_slugs_of_every_kind_survive_the_xml(client: InspectingClient) -> None:
    sheet = a_variant(a_product("Odd", slug="a&b-<i>-å")).product_id // sitemap.SHEET
    (address,) = addresses(client, f"/sitemap-products-{sheet}.xml")
    assert client.get(path_of(address)).status_code == 200


def test_the_newest_products_come_first_in_the_feed(client: InspectingClient) -> None:
    for days, title in ((3, "Old & <wise>"), (1, "New"), (2, "Middle")):
        product = a_product(title, description="Made by *hand*. " * 40)
        a_variant(product)
        with db.transaction() as session:
            when = clock.now() - timedelta(days=days)
            session.execute(update(Product).where(Product.id == product.id).values(published_at=when))
    a_variant(a_product("Draft", status="draft"))
    answer = client.get("/feed.xml")
    assert answer.mimetype == "application/atom+xml"
    feed = ET.fromstring(answer.data)
    assert feed.findtext(f"{ATOM}title") == "New at Kiln & Common"
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["New", "Middle", "Old & <wise>"]
    summary = entries[0].findtext(f"{ATOM}summary") or ""
    assert summary.startswith("Made by hand. Made")
    assert summary.endswith(" …")
    assert len(summary) <= 302
    link = entries[0].find(f"{ATOM}link")
    assert link is not None
    assert client.get(path_of(link.get("href", ""))).status_code == 200


def test_an_empty_shop_has_an_empty_feed(client: InspectingClient) -> None:
    feed = ET.fromstring(client.get("/feed.xml").data)
    assert feed.find(f"{ATOM}updated") is not None
    assert feed.findall(f"{ATOM}entry") == []


def test_a_text_without_its_form_keeps_its_pauses() -> None:
    markdown = "Dipped *once*.\n\n- Stoneware, 14 cm\n- Wash by hand\n\n# So\n\nfar & away"
    assert prose.plain(markdown, 99) == "Dipped once. Stoneware, 14 cm · Wash by hand · So · far & away"
    assert prose.plain(markdown, 32) == "Dipped once. Stoneware, 14 cm …"
    assert prose.plain("", 9) == ""
