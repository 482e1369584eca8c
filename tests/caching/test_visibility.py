"""What changes is seen on the next page by who changed it, and soon in every process; all over HTTP."""

import time
from collections.abc import Callable
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


def everybody_sees(server: LiveServer, address: str, sees: Callable[[str], bool]) -> None:
    """Readers in both processes, soon: at the third look at the latest, however busy the machine is."""
    for _look in range(3):
        time.sleep(SOON)
        if all(sees(page) for page in all_readers(server, address)):
            return
    pytest.fail(f"{address} is still old")


def saying(word: str) -> Callable[[str], bool]:
    return lambda page: word in page


def without(word: str) -> Callable[[str], bool]:
    return lambda page: word not in page


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_in_both_processes(live_server: LiveServer, tmp_path: Path, change: str) -> None:
    facts, said, addresses = CHANGES[change]
    bring(tmp_path)
    for address in addresses:
        assert not any(said in page for page in all_readers(live_server, address)), address
    bring(tmp_path, **facts)
    for address in addresses:
        everybody_sees(live_server, address, saying(said))


def test_what_is_no_longer_sold_is_gone_everywhere(live_server: LiveServer, tmp_path: Path) -> None:
    bring(tmp_path)
    for address in LISTS:
        assert all("/products/kettle" in page for page in all_readers(live_server, address)), address
    bring(tmp_path, Status="archived")
    for address in LISTS:
        everybody_sees(live_server, address, without("/products/kettle"))


def test_an_order_changes_the_words_for_what_is_left(live_server: LiveServer) -> None:
    kettle = a_kettle(4)
    a_kettle(50, title="Jug")
    for address in ("/products", "/products?in_stock=1"):
        assert not any("left" in page for page in all_readers(live_server, address))
    an_order((kettle, 2))
    everybody_sees(live_server, "/products", saying("Only 2 left"))
    an_order((kettle, 2))
    everybody_sees(live_server, "/products", saying("Sold out"))
    everybody_sees(live_server, "/products?in_stock=1", without("Sold out"))
    with db.transaction():
        stock.set_on_hand(kettle.id, 9, "delivery")
    everybody_sees(live_server, "/products", without("Sold out"))
    everybody_sees(live_server, "/products?in_stock=1", saying("Kettle"))


def test_the_merchants_name_is_on_every_page_at_once(live_server: LiveServer) -> None:
    for address in ("/", "/pages/terms"):
        all_readers(live_server, address)
    describe_shop(name="Neu & Co")
    for address in ("/", "/pages/terms"):
        everybody_sees(live_server, address, saying("Neu &amp; Co"))
