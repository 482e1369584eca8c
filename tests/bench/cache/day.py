"""Two minutes of a day: lists, things, searches, carts and orders, in the shares people have."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count

from storefront.catalog.searching import index
from storefront.office import verify
from storefront.platform import db
from tests.bench.checkout import purchases, shelves
from tests.bench.shop import BenchShop, opened
from tests.races.crowd import crowd, get, post
from tests.races.wire import Answer, Request
from tests.serving import served

SECONDS = 120
READERS = 24
ORDERS = 5000  # More carts than two minutes can empty.
SHARES = {"list": 70, "thing": 20, "search": 6, "cart": 3, "checkout": 1}
LISTS = [
    "/products",
    *(f"/products?sort={sort}" for sort in ("newest", "price", "-price", "name")),
    *("/products?in_stock=1", "/products?price=25.00-49.99", "/"),
]
WORDS = [*(f"kettle {number}" for number in range(30)), "kettle", "kettles"]
PUBLIC = ("list", "thing", "search")


class Day:
    """What was asked, and how it came."""

    def __init__(self, carts: range) -> None:
        self._carts = iter(carts)
        self._visitors = count(1)
        self._kinds: dict[bytes, str] = {}
        self.came: Counter[str] = Counter()
        self.kept: Counter[str] = Counter()
        self.wrong: Counter[tuple[str, int]] = Counter()

    def requests(self, until: float) -> Iterator[Request]:
        kinds: dict[str, Callable[[], Request]] = {
            "list": lambda: self._get(random.choice(LISTS)),
            "thing": lambda: self._get(f"/products/kettle-{_popular()}"),
            "search": lambda: self._get(f"/search?q={random.choice(WORDS).replace(' ', '+')}"),
            "cart": self._fills,
            "checkout": lambda: purchases.request(next(self._carts)),
        }
        while time.monotonic() < until:
            (kind,) = random.choices(list(SHARES), list(SHARES.values()))
            request = kinds[kind]()
            self._kinds[request.wire] = kind
            yield request

    def note(self, answer: Answer) -> None:
        kind = self._kinds.pop(answer.request.wire)
        self.came[kind] += 1
        self.kept[kind] += answer.headers.get("cache-status", "").startswith("storefront; hit")
        if answer.status not in (200, 303):
            self.wrong[kind, answer.status] += 1

    def _get(self, path: str) -> Request:
        return get(path, buyer=next(self._visitors))

    def _fills(self) -> Request:
        line = {"variant": f"KETTLE-{_popular()}", "quantity": "1"}
        return post("/cart/lines", line, buyer=next(self._visitors))


def main() -> None:
    with opened() as shop:
        shelves.fill(shop.connection)
        _file(shop)
        day = Day(shelves.carts(shop.connection, ORDERS, spread=True))
        with served(shop.settings, shop.folder / "gunicorn.log") as server:
            until = time.monotonic() + SECONDS
            for answer in crowd(server.url, day.requests(until), at_once=READERS):
                day.note(answer)
        _tell(shop, day)


def _tell(shop: BenchShop, day: Day) -> None:
    public = sum(day.came[kind] for kind in PUBLIC)
    rate = 100 * sum(day.kept.values()) / public
    with shop.app.app_context(), verify.snapshot() as connection:
        broken = sum(finding.violations for finding in verify.examine(connection))
    print(
        f"{SECONDS} s of a day: {sum(day.came.values())} answers ({dict(day.came)}), of {public} public pages"
        f" {rate:.1f} % were kept ones (goal 90), {sum(day.wrong.values())} failed (goal 0)"
        f" {dict(day.wrong) or ''}, verify found {broken} broken (goal 0)"
    )


def _file(shop: BenchShop) -> None:
    """Lists and searches know the kettles, too."""
    with shop.app.app_context():
        for number in range(shelves.VARIANTS):
            with db.transaction():
                index.refresh(shelves.FIRST_PRODUCT + number)


def _popular() -> int:
    """One of a thousand kettles; few are looked at often, many seldom."""
    return min(int(random.paretovariate(0.7)), shelves.VARIANTS) - 1
