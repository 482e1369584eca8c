"""Copies in each process are answered without a question, called back at once, and trusted for a second."""

import time
from collections.abc import Callable

import pytest
from flask import Flask

from storefront import create_app
from storefront.catalog.models import Variant
from storefront.config import Settings
from storefront.platform import db
from storefront.platform.caching import copies, listener
from storefront.platform.caching.copies import Copies
from storefront.platform.caching.entries import IDENTITY, Entry
from storefront.platform.caching.memory import Memory
from tests.caching.conftest import OwnValkey
from tests.caching.test_without_valkey import freezes, price
from tests.characters import a_product, a_variant, reprice, stocked
from tests.closing import hang_up

pytestmark = pytest.mark.processes


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy's age tells nothing, and however long the machine takes, Valkey is waited for."""
    monkeypatch.setattr(copies, "DEAF", 600.0)
    monkeypatch.setattr(listener, "TIMEOUT", 20.0)


@pytest.fixture
def kettle(shop: Flask) -> Variant:
    return stocked(a_variant(a_product("Kettle", slug="kettle"), price=1111), 9)


def questions(own: OwnValkey) -> int:
    """How many pages Valkey was asked for."""
    return int(own.ask().info("commandstats").get("cmdstat_get", {"calls": 0})["calls"])


def until(happens: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not happens():
        assert time.monotonic() < deadline, "it does not happen"
        time.sleep(0.005)


@pytest.mark.usefixtures("trusting")
def test_the_third_reader_asks_nobody(shop: Flask, kettle: Variant, own_valkey: OwnValkey) -> None:
    browser = shop.test_client()
    until(lambda: price(browser) == "11.11" and is_heard(shop))

    def ten_ask_nobody() -> bool:
        before = questions(own_valkey)
        for _ in range(10):
            price(browser)
        return questions(own_valkey) == before

    until(ten_ask_nobody)  # What was called back before, as the kettle came, may arrive late, and once.


def is_heard(shop: Flask) -> bool:
    ours: Copies = shop.extensions["copies"]
    return bool(ours._listener and ours._listener.heard_at > time.monotonic() - copies.DEAF)


@pytest.mark.usefixtures("trusting")
def test_a_change_elsewhere_calls_a_copy_back(
    shop: Flask, kettle: Variant, own_valkey: OwnValkey, settings: Settings
) -> None:
    browser = shop.test_client()
    until(lambda: price(browser) == "11.11" and is_heard(shop))
    price(browser)
    elsewhere = create_app(Settings.model_validate(settings.model_dump() | {"redis_url": own_valkey.url}))
    with elsewhere.app_context():
        reprice(kettle, 2222)
        hang_up()
    until(lambda: price(browser) == "22.22")


def test_without_its_line_a_copy_lives_a_second(shop: Flask, kettle: Variant, own_valkey: OwnValkey) -> None:
    browser = shop.test_client()
    until(lambda: price(browser) == "11.11" and is_heard(shop))
    price(browser)
    freezes(own_valkey)
    until(lambda: not is_heard(shop))
    with db.transaction() as session:  # Behind everybody's back: only age can tell.
        session.connection().exec_driver_sql("UPDATE prices SET amount = 2222")
    until(lambda: price(browser) == "22.22")


def test_when_its_line_is_cut_all_copies_go(shop: Flask, kettle: Variant, own_valkey: OwnValkey) -> None:
    browser = shop.test_client()
    until(lambda: price(browser) == "11.11" and is_heard(shop))
    before = shop.extensions["copies"].changes
    own_valkey.ask().client_kill_filter(_type="normal", skipme=True)
    until(lambda: shop.extensions["copies"].changes >= before + 2 and is_heard(shop))
    assert price(browser) == "11.11"


def test_when_all_is_forgotten_all_copies_go(shop: Flask, kettle: Variant, own_valkey: OwnValkey) -> None:
    browser = shop.test_client()
    until(lambda: price(browser) == "11.11" and is_heard(shop))
    before = shop.extensions["copies"].changes
    own_valkey.ask().flushall()
    until(lambda: shop.extensions["copies"].changes > before)
    assert browser.get("/products/kettle").headers["Cache-Status"] == "storefront; fwd=miss; stored"


def test_copies_can_be_switched_off(
    database: None, settings: Settings, own_valkey: OwnValkey, kettle: Variant
) -> None:
    changes = {"redis_url": own_valkey.url, "cache_memory": 0}
    app = create_app(Settings.model_validate(settings.model_dump() | changes))
    browser = app.test_client()
    try:
        for _ in range(3):
            price(browser)
        before = questions(own_valkey)
        price(browser)
        assert questions(own_valkey) > before
    finally:
        with app.app_context():
            hang_up()


def an_entry(size: int, *tags: str) -> Entry:
    return Entry(
        "list", "catalog.listing", "200 OK", (), tags, 1, 0.1, 9e9, 9e9, "etag", {IDENTITY: b"x" * size}
    )


def test_memory_is_bounded_and_the_least_wanted_go_first() -> None:
    memory = Memory(100)
    for name in ("a", "b", "c"):
        memory.put(name, an_entry(40), 1.0, 0)
        memory.get("a", 0.0)
    assert [bool(memory.get(name, 0.0)) for name in ("a", "b", "c")] == [True, False, True]
    memory.put("large", an_entry(101), 1.0, 0)
    assert memory.get("large", 0.0) is None
    assert memory._bytes == 0


def test_what_was_looked_for_before_a_change_is_not_kept_after_it() -> None:
    memory = Memory(100)
    memory.put("a", an_entry(10, "product:7"), 1.0, 0)
    memory.put("b", an_entry(10, "product:8"), 1.0, 0)
    memory.forget(["product:7"])
    memory.put("c", an_entry(10), 1.0, 0)
    assert [bool(memory.get(name, 0.0)) for name in ("a", "b", "c")] == [False, True, False]
    assert memory.get("b", 2.0) is None
    memory.forget(None)
    assert memory.get("b", 0.0) is None
