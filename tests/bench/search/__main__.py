"""Print what finding costs in shops of three sizes: `python -m tests.bench.search`."""

import time
from functools import partial

from storefront.catalog import shelves
from storefront.catalog.finding import find
from storefront.catalog.wishes import Wish
from storefront.demo.crowd.filling import fill
from storefront.platform import db
from tests.bench.search import questions
from tests.bench.search.measuring import Spread, asked, spread
from tests.bench.shop import BenchShop, opened
from tests.characters import CURRENCY

SIZES = (1_000, 10_000, 100_000)
GOALS = {"all searches": 30, "lists with filters": 60}  # ms, which 95 of 100 stay below in the largest shop
MINUTES = 10  # in which the largest shop is to be filled


def main() -> None:
    with opened() as shop, shop.app.app_context():
        costs, began = [], 0.0
        for before, size in zip((0, *SIZES), SIZES, strict=False):
            began += grow(shop, before, size)
            costs.append(ask_all(size))
        print(f"\nfilling a shop with {SIZES[-1]:,} products: {began / 60:.1f} minutes (goal {MINUTES})")
        for kind, goal in GOALS.items():
            small, large = costs[0][kind], costs[-1][kind]
            print(
                f"{kind}: p95 {large.p95:.1f} ms (goal {goal});"
                f" {SIZES[-1] // SIZES[0]} x the products cost {large.p50 / small.p50:.1f} x at p50,"
                f" {large.p95 / small.p95:.1f} x at p95"
            )
        db.engine().dispose()


def grow(shop: BenchShop, before: int, size: int) -> float:
    """Bring products until there are so many; as autovacuum does after a while, look at what came."""
    began = time.perf_counter()
    for _some in fill(size - before):
        pass
    seconds = time.perf_counter() - began
    shop.connection.execute("VACUUM ANALYZE")
    return seconds


def ask_all(size: int) -> dict[str, Spread]:
    print(f"\n{size:,} products: ms in SQL          p50    p95    of processor: p50    p95")
    told, every = {}, []
    for kind, texts in questions.searches(SIZES[0]).items():
        figures = asked([partial(_find, questions.wished(text), None) for text in texts])
        every += figures
        told[kind] = spread(figures)
    told["all searches"] = spread(every)
    ids = {slug: _shelf(slug) for _wish, slug in questions.lists()}
    told["lists with filters"] = spread(
        asked([partial(_find, wish, ids[slug]) for wish, slug in questions.lists()])
    )
    for kind, cost in told.items():
        print(f"  {kind:30} {cost}")
    return told


def _find(wish: Wish, shelf_id: int | None) -> None:
    find(wish, CURRENCY, shelf_id)
    db.release()


def _shelf(slug: str | None) -> int | None:
    place = shelves.named(slug) if slug else None
    return place.shelf.id if place else None


if __name__ == "__main__":
    main()
