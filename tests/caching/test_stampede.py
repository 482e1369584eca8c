"""However many ask for a page at once, in however many processes, one of them builds it."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from http.client import RemoteDisconnected
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import redis

from storefront.config import Settings
from storefront.platform import cache, db
from tests.caching import slow_shop
from tests.serving import LiveServer, served

pytestmark = [pytest.mark.processes, pytest.mark.race]
CROWD = 40
Serving = Callable[..., AbstractContextManager[LiveServer]]


@pytest.fixture
def valkey(database: None) -> redis.Redis:
    server = cache.valkey()
    assert server is not None
    return server


@pytest.fixture
def serving(database: None, settings: Settings, tmp_path: Path) -> Serving:
    """Four processes of the shop with slow pages."""
    return lambda **told: served(
        settings, tmp_path / "log", app="tests.caching.slow_shop:opened()", WEB_WORKERS="4", **told
    )


@pytest.fixture
def shop(serving: Serving) -> Iterator[LiveServer]:
    with serving() as server:
        yield server


def read(address: str) -> tuple[int, str, str]:
    with urlopen(address, timeout=20) as answer:
        return answer.status, answer.read().decode(), answer.headers["Cache-Status"]


def crowd(address: str) -> list[tuple[int, str, str]]:
    with ThreadPoolExecutor(CROWD) as people:
        return list(people.map(read, [address] * CROWD))


def wait_for_build(name: str, number: int = 1) -> int:
    deadline = time.monotonic() + 20
    while len(found := slow_shop.builds(name)) < number:
        assert time.monotonic() < deadline, "nobody builds"
        time.sleep(0.01)
    return found[-1]


def test_forty_readers_one_build(shop: LiveServer, valkey: redis.Redis) -> None:
    answers = crowd(f"{shop.url}/slow/page")
    assert {(status, body) for status, body, _ in answers} == {(200, "nothing")}
    assert len(slow_shop.builds("page")) == 1


def test_without_the_lock_many_build(serving: Serving, valkey: redis.Redis) -> None:
    with serving(WITHOUT_LOCK="1") as shop:
        crowd(f"{shop.url}/slow/page")
    assert len(slow_shop.builds("page")) > 4


def test_when_the_builder_is_killed_another_builds(shop: LiveServer, valkey: redis.Redis) -> None:
    with ThreadPoolExecutor(2) as people:
        ada = people.submit(read, f"{shop.url}/slow/page")
        os.kill(wait_for_build("page"), signal.SIGKILL)
        with pytest.raises((URLError, RemoteDisconnected)):
            ada.result()
        assert read(f"{shop.url}/slow/page")[:2] == (200, "nothing")
    assert len(slow_shop.builds("page")) == 2


def test_nobody_waits_for_a_page_that_is_only_old(serving: Serving, valkey: redis.Redis) -> None:
    with serving(CACHE_CONTENT="1") as shop:
        read(f"{shop.url}/slow/page")
        time.sleep(1.2)  # The page's own time, not luck: after it the page is old.
        statuses = {status for _, _, status in crowd(f"{shop.url}/slow/page")}
        assert "storefront; hit; detail=stale" in statuses
        assert statuses <= {"storefront; hit; detail=stale", "storefront; hit"}
        wait_for_build("page", 2)


def test_a_build_that_began_before_a_change_is_shown_to_nobody_who_comes_after(
    shop: LiveServer, valkey: redis.Redis
) -> None:
    valkey.set("fact", "before")
    with ThreadPoolExecutor(1) as people:
        ada = people.submit(read, f"{shop.url}/slow/page")
        wait_for_build("page")
        valkey.set("fact", "after")
        with db.transaction():
            db.inside().tag(slow_shop.TAG)
        assert [body for _, body, _ in crowd(f"{shop.url}/slow/page")] == ["after"] * CROWD
        assert ada.result()[1] == "before"
    assert len(slow_shop.builds("page")) == 2
