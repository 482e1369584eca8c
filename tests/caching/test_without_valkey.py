"""Valkey dies, freezes, forgets, is full or holds rubbish: pages come all the same, and tell the truth."""

import signal
import time
from collections.abc import Callable

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient

from storefront.catalog.models import Variant
from storefront.platform import db
from storefront.platform.caching import line as lines
from storefront.platform.caching.line import Gone, Line
from storefront.platform.caching.shelf import Shelf
from tests.caching.conftest import OwnValkey
from tests.characters import a_product, a_variant, reprice, stocked

pytestmark = pytest.mark.processes
HOPELESS = "redis://127.0.0.1:1"


@pytest.fixture
def kettle(shop: Flask) -> Variant:
    return stocked(a_variant(a_product("Kettle", slug="kettle"), price=1111), 9)


def price(browser: FlaskClient) -> str:
    """What a product's page says it costs; it must come within eight seconds."""
    before = time.monotonic()
    answer = browser.get("/products/kettle")
    assert (answer.status_code, time.monotonic() - before < 8) == (200, True)
    return next(said for said in ("11.11", "22.22", "33.33") if said in answer.text)


def status(browser: FlaskClient) -> str:
    return browser.get("/products/kettle").headers["Cache-Status"]


def dies(own: OwnValkey) -> None:
    own.child.send(signal.SIGKILL)
    own.child.finish(5)


def freezes(own: OwnValkey) -> None:
    own.child.send(signal.SIGSTOP)


def forgets(own: OwnValkey) -> None:
    own.ask().flushall()


def is_full(own: OwnValkey) -> None:
    own.ask().config_set("maxmemory-policy", "noeviction")
    own.ask().config_set("maxmemory", 1)


def holds_rubbish(own: OwnValkey) -> None:
    """Every name that pages use holds something else."""
    server = own.ask()
    for number, key in enumerate(sorted(server.keys("*"))):
        server.delete(key)
        if number % 3:
            server.set(key, b"page1" + bytes(range(200)) if number % 2 else b"x")
        else:
            server.rpush(key, "x")


@pytest.mark.parametrize("trouble", [dies, freezes, forgets, is_full, holds_rubbish])
def test_pages_come_and_tell_the_truth(
    shop: Flask, kettle: Variant, own_valkey: OwnValkey, trouble: Callable[[OwnValkey], None]
) -> None:
    browser = shop.test_client()
    assert price(browser) == "11.11"
    trouble(own_valkey)
    assert price(browser) == "11.11"
    reprice(kettle, 2222)
    assert price(browser) == "22.22"
    own_valkey.child.send(signal.SIGCONT) if trouble is freezes else None
    if trouble is is_full:
        own_valkey.ask().config_set("maxmemory", 0)
    assert price(browser) == "22.22"
    reprice(kettle, 3333)
    assert price(browser) == "33.33"


@pytest.mark.parametrize("trouble", [forgets, holds_rubbish])
def test_what_was_spoilt_is_kept_again(
    shop: Flask, kettle: Variant, own_valkey: OwnValkey, trouble: Callable[[OwnValkey], None]
) -> None:
    browser = shop.test_client()
    assert "stored" in status(browser)
    trouble(own_valkey)
    while "hit" not in status(browser):
        pass
    assert own_valkey.ask().keys("page:*")


def test_each_process_keeps_pages_while_it_is_dead(
    shop: Flask, kettle: Variant, own_valkey: OwnValkey
) -> None:
    browser = shop.test_client()
    dies(own_valkey)
    assert "stored" in status(browser)
    assert status(browser) == "storefront; hit"
    reprice(kettle, 2222)
    assert price(browser) == "22.22"


def test_what_it_could_not_be_told_it_is_told_when_it_is_back(
    shop: Flask, kettle: Variant, own_valkey: OwnValkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "PAUSE", 0.0)
    browser = shop.test_client()
    assert price(browser) == "11.11"
    freezes(own_valkey)
    reprice(kettle, 2222)
    own_valkey.child.send(signal.SIGCONT)
    assert price(browser) == "22.22"


def test_a_build_that_began_before_a_change_is_not_kept(shop: Flask, own_valkey: OwnValkey) -> None:
    shelf: Shelf = shop.extensions["pages"]
    start = shelf.begin()
    assert shelf.note("product:7", start)
    assert shelf.unchanged("product:7", start)
    with db.transaction():
        db.inside().tag("product:7")
    assert not shelf.note("product:7", start)
    assert not shelf.unchanged("product:7", start)


def test_nor_one_that_began_before_everything_was_forgotten(shop: Flask, own_valkey: OwnValkey) -> None:
    shelf: Shelf = shop.extensions["pages"]
    start = shelf.begin()
    with db.transaction():
        db.inside().tag("product:7")
    own_valkey.ask().flushall()
    assert not shelf.note("product:7", start)
    later = shelf.begin()
    assert later.number > start.number
    assert shelf.note("product:7", later)


def test_who_does_not_answer_is_asked_once_in_a_while() -> None:
    asked = []

    def ask(server: redis.Redis) -> bool:
        asked.append(server)
        return bool(server.ping())

    line = Line(HOPELESS)
    for _ in range(5):
        with pytest.raises(Gone):
            line.ask(ask)
    assert len(asked) == 1


def test_somebody_finds_out_when_it_is_back(own_valkey: OwnValkey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "PAUSE", 0.0)
    line = Line(own_valkey.url)
    freezes(own_valkey)
    with pytest.raises(Gone):
        line.ask(lambda server: server.ping())
    own_valkey.child.send(signal.SIGCONT)
    assert line.ask(lambda server: server.ping())
    with pytest.raises(Gone):
        line.ask(lambda server: server.incr("tags", 1) and server.rpush("tags", "x"))
    assert line.ask(lambda server: server.ping())
