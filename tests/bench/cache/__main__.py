"""Print what a kept page costs beside a Flask view that returns a constant: `python -m tests.bench.cache`."""

from contextlib import ExitStack
from statistics import quantiles
from urllib.request import urlopen

from tests.bench.cache.reading import Read, middle, read
from tests.bench.shop import BenchShop, opened
from tests.caching import slow_shop
from tests.characters import a_category, a_product, a_variant, stocked
from tests.races.crowd import crowd, get
from tests.serving import LiveServer, served

ROUNDS = 5
PAGES = 6000  # of one round
SOME, MANY = 64, 400  # connections
LIST = "/products"
CROWD, PROCESSES = 400, 4


def main() -> None:
    with opened() as shop, ExitStack() as open_servers:
        fill(shop)
        log = shop.folder / "gunicorn.log"
        ours = open_servers.enter_context(served(shop.settings, log))
        size = len(body(ours))
        constant = open_servers.enter_context(
            served(
                shop.settings,
                shop.folder / "constant.log",
                app="tests.bench.cache.constant:app",
                CONSTANT_BYTES=str(size),
            )
        )
        asking = open_servers.enter_context(
            served(shop.settings, shop.folder / "asking.log", CACHE_MEMORY="0")
        )
        print(f"A list of {size} bytes, beside a Flask view that returns as many:")
        for connections in (SOME, MANY):
            compare(constant, {"copied": ours, "from Valkey": asking}, connections)
    with opened() as shop:
        one_build(shop)


def fill(shop: BenchShop) -> None:
    """Shelves whose first page is some 20 KB."""
    with shop.app.app_context():
        shelf = a_category("Kettles")
        for number in range(24):
            stocked(a_variant(a_product(f"Kettle {number}", category=shelf)), 20)


def body(server: LiveServer) -> bytes:
    with urlopen(server.url + LIST) as answer:
        found: bytes = answer.read()
    return found


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


def one_build(shop: BenchShop) -> None:
    """A crowd before a page that nobody has yet, and that takes a second to build."""
    told = {"WEB_WORKERS": str(PROCESSES), "WEB_THREADS": str(CROWD // PROCESSES + 10)}
    with served(
        shop.settings, shop.folder / "slow.log", app="tests.caching.slow_shop:opened()", **told
    ) as server:
        answers = list(crowd(server.url, [get("/slow/page")] * CROWD, at_once=CROWD))
        assert {answer.status for answer in answers} == {200}
        with shop.app.app_context():
            builds = len(slow_shop.builds("page"))
    waited = quantiles([answer.seconds for answer in answers], n=100)[98]
    goal = 2 * slow_shop.SECONDS + 0.05
    print(f"\n{CROWD} readers of a cold page, {PROCESSES} processes, {slow_shop.SECONDS:.0f} s to build:")
    print(f"  {builds} build (goal 1), p99 {waited:.2f} s (goal {goal:.2f})")


if __name__ == "__main__":
    main()
