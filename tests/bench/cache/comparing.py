"""A kept page beside a Flask view that returns a constant, at 64 and at 400 connections, in turns."""

from contextlib import ExitStack

from tests.bench.cache.reading import Read, middle, read
from tests.bench.cache.standing import LIST, PRODUCTION, standing
from tests.serving import LiveServer, served

ROUNDS = 5
PAGES = 5000  # of one round
SOME, MANY = 64, 400  # connections


def main() -> None:
    with standing() as stand, ExitStack() as others:
        shops = {"copied": stand.ours}
        for name, told in {
            "copied, without a log": {"LOG_LEVEL": "WARNING"},
            "from Valkey": {"CACHE_MEMORY": "0"},
        }.items():
            log = stand.shop.folder / f"{name}.log"
            shops[name] = others.enter_context(served(stand.shop.settings, log, **PRODUCTION, **told))
        print(f"A list of {stand.size} bytes, beside a Flask view that returns as many and keeps no log:")
        for connections in (SOME, MANY):
            compare(stand.constant, shops, connections)


def compare(constant: LiveServer, shops: dict[str, LiveServer], connections: int) -> None:
    """Rounds in turn, so that all meet the same machine."""
    for server in (constant, *shops.values()):
        read(server, LIST, SOME * 20, connections)  # So that everything is warm.
    rounds: dict[str, list[Read]] = {name: [] for name in ("constant", *shops)}
    for _ in range(ROUNDS):
        for name, server in {"constant": constant, **shops}.items():
            rounds[name].append(read(server, LIST, PAGES, connections))
    alone = middle(rounds["constant"])
    print(f"{connections} connections, constant: {alone}")
    for name in shops:
        found = middle(rounds[name])
        print(
            f"  {name}: {found}\n    = {found.per_second / alone.per_second:.2f} x its pages (goal 1.20),"
            f" {found.cpu / alone.cpu:.2f} x its CPU (goal 0.80),"
            f" {found.p95 / alone.p95:.2f} x its p95 (goal 1.30)"
        )
