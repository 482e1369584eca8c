"""What changes is seen on the next page by who changed it, and soon in every process; all over HTTP."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from storefront.inventory import stock
from storefront.platform import db
from storefront.shop.actions import describe_shop
from tests.catalog.catalog_files import written
from tests.catalog.importing_files import imported
from tests.characters import a_kettle
from tests.serving import LiveServer
from tests.shopping import an_order

pytestmark = pytest.mark.processes
SOON = 0.1  # seconds
KETTLE = {
    "Handle": "kettle",
    "Title": "Kettle",
    "Type": "Kitchen",
    "Variant SKU": "K-1",
    "Variant Price": "39.90",
    "Variant Inventory Tracker": "shopify",
    "Variant Inventory Qty": "50",
    "Status": "active",
}
LISTS = ("/", "/products", "/categories/kitchen", "/search?q=kettle")
PAGE = "/products/kettle"

CHANGES: dict[str, tuple[dict[str, str], str, tuple[str, ...]]] = {
    "price": ({"Variant Price": "12.34"}, "€12.34", (*LISTS, PAGE)),
    "title": ({"Title": "Copper kettle"}, "Copper kettle", (*LISTS, PAGE)),
    "stock": ({"Variant Inventory Qty": "2"}, "Only 2 left", (*LISTS, PAGE)),
    "shelf": ({"Type": "Garden"}, "Garden", ("/", PAGE, "/products")),
}


def read(server: LiveServer, address: str) -> str:
    with urlopen(Request(server.url + address, headers={"Connection": "close"}), timeout=20) as answer:
        return str(answer.read().decode())


def all_readers(server: LiveServer, address: str) -> list[str]:
    """What readers in both processes see."""
    with ThreadPoolExecutor(12) as people:
        return list(people.map(lambda _: read(server, address), range(24)))


def bring(folder: Path, **changes: str) -> None:
    imported(written(folder, [KETTLE | changes]), stock=True)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_in_both_processes(live_server: LiveServer, tmp_path: Path, change: str) -> None:
    facts, said, addresses = CHANGES[change]
    bring(tmp_path)
    for address in addresses:
        assert not any(said in page for page in all_readers(live_server, address)), address
    bring(tmp_path, **facts)
    time.sleep(SOON)
    for address in addresses:
        assert all(said in page for page in all_readers(live_server, address)), address


def test_what_is_no_longer_sold_is_gone_everywhere(live_server: LiveServer, tmp_path: Path) -> None:
    bring(tmp_path)
    for address in LISTS:
        assert all("/products/kettle" in page for page in all_readers(live_server, address)), address
    bring(tmp_path, Status="archived")
    time.sleep(SOON)
    for address in LISTS:
        assert not any("/products/kettle" in page for page in all_readers(live_server, address)), address


def test_an_order_changes_the_words_for_what_is_left(live_server: LiveServer) -> None:
    kettle = a_kettle(4)
    a_kettle(50, title="Jug")
    for address in ("/products", "/products?in_stock=1"):
        assert not any("left" in page for page in all_readers(live_server, address))
    an_order((kettle, 2))
    time.sleep(SOON)
    assert all("Only 2 left" in page for page in all_readers(live_server, "/products"))
    an_order((kettle, 2))
    time.sleep(SOON)
    assert all("Sold out" in page for page in all_readers(live_server, "/products"))
    assert not any("Sold out" in page for page in all_readers(live_server, "/products?in_stock=1"))
    with db.transaction():
        stock.set_on_hand(kettle.id, 9, "delivery")
    time.sleep(SOON)
    assert not any("Sold out" in page for page in all_readers(live_server, "/products"))
    assert all("Kettle" in page for page in all_readers(live_server, "/products?in_stock=1"))


def test_the_merchants_name_is_on_every_page_at_once(live_server: LiveServer) -> None:
    for address in ("/", "/pages/terms"):
        all_readers(live_server, address)
    describe_shop(name="Neu & Co")
    time.sleep(SOON)
    for address in ("/", "/pages/terms"):
        assert all("Neu &amp; Co" in page for page in all_readers(live_server, address))
