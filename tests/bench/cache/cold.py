"""A crowd before a page that takes a second to build: nobody has it yet, or only an old copy."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import quantiles

import redis

from tests.bench.shop import BenchShop, opened
from tests.caching import slow_shop
from tests.races.crowd import crowd, get, rush
from tests.races.wire import Answer
from tests.serving import LiveServer, served

CROWD, PROCESSES = 400, 4
PAGE, BUILDS = "/slow/page", "builds:page"
GOAL = 2 * slow_shop.SECONDS + 0.05
OLD = 1  # seconds after which a copy is old


def main() -> None:
    with opened() as shop:
        valkey = redis.Redis.from_url(shop.settings.redis_url)
        with _slow(shop) as server:
            told_of("cold page", _all_at_once(server), _counted(valkey))
        valkey.flushdb()
        with _slow(shop, CACHE_CONTENT=str(OLD)) as server:
            next(crowd(server.url, [get(PAGE)], at_once=1))
            time.sleep(OLD + 0.2)
            valkey.delete(BUILDS)
            told_of("page with an old copy", _all_at_once(server), _counted(valkey))


@contextmanager
def _slow(shop: BenchShop, **told: str) -> Iterator[LiveServer]:
    """The shop with slow pages, each process warm."""
    told |= {"app": "tests.caching.slow_shop:opened()", "WEB_WORKERS": str(PROCESSES)}
    with served(shop.settings, shop.folder / "slow.log", **told) as server:
        _warm(server)
        yield server


def _warm(server: LiveServer) -> None:
    """Every process has answered something."""
    for _ in crowd(server.url, [get("/livez")] * CROWD, at_once=CROWD // 4):
        pass


def _all_at_once(server: LiveServer) -> list[Answer]:
    answers = rush(server.url, [get(PAGE) for _ in range(CROWD)])
    assert {answer.status for answer in answers} == {200}
    return answers


def _counted(valkey: "redis.Redis") -> object:
    """How many built the page; one of them perhaps still does, behind the readers' backs."""
    time.sleep(slow_shop.SECONDS)
    return valkey.llen(BUILDS)


def told_of(kind: str, answers: list[Answer], builds: object) -> None:
    cuts = quantiles([answer.seconds for answer in answers], n=100)
    print(
        f"{CROWD} readers of a {kind}, {PROCESSES} processes, {slow_shop.SECONDS:.0f} s to build:"
        f" {builds} build (goal 1), p50 {cuts[49]:.2f} s, p99 {cuts[98]:.2f} s (goal {GOAL:.2f})"
    )
