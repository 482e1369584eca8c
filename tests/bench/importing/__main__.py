"""Print what importing a catalog costs, and whether it grows: `python -m tests.bench.importing [ROWS]`."""

import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from storefront.catalog.importing.planning import Asked
from storefront.catalog.importing.reading import open_catalog
from storefront.catalog.importing.report import Line
from storefront.catalog.importing.run import lines_of, rules_of
from storefront.catalog.importing.spool import Spool
from storefront.platform import clock
from storefront.shop.queries import facts
from tests.bench.importing import files
from tests.bench.shop import BenchShop, opened
from tests.bench.working import worked

ROWS = 5_000
GOAL, MINUTES = 50_000, 10  # rows, and the minutes they may take on two cores
STEPS = 5


def main(wanted: int) -> None:
    for kind in files.KINDS:
        with opened() as shop, shop.app.app_context():
            path = shop.folder / f"{kind}.csv"
            rows = files.write(path, kind, wanted)
            print(f"{kind}, {rows:,} rows: seconds, of processors here and in PostgreSQL, MB at most")
            taken, work = (seconds * GOAL / rows / 60 for seconds in watched(shop, path, rows))
            print(f"  so {GOAL:,} rows take {taken:.1f} minutes (goal {MINUTES}), {work:.1f} of them work")


def watched(shop: BenchShop, path: Path, rows: int) -> tuple[float, float]:
    """Import it, telling from time to time what it took; returns the seconds of all, and those of work."""
    outcomes: Counter[str] = Counter()
    began, work = time.perf_counter(), _worked(shop)
    for number, line in enumerate(_lines(shop, path), start=1):
        outcomes[line.outcome.value] += 1
        if number % (rows // STEPS) == 0:
            here, there = (after - before for before, after in zip(work, _worked(shop), strict=True))
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            taken = time.perf_counter() - began
            print(f"  {number:7,} {taken:7.1f} {here:7.1f} {there:7.1f} {memory:5}")
    assert outcomes == {"new": rows}, outcomes
    return time.perf_counter() - began, sum(_worked(shop)) - sum(work)


def _lines(shop: BenchShop, path: Path) -> Iterator[Line]:
    merchant, catalog = facts(), open_catalog(path)
    rules = rules_of(merchant, shop.settings, clock.now(), catalog)
    with closing(Spool(catalog)) as spool:
        yield from lines_of(spool, rules, Asked(merchant.currency))


def _worked(shop: BenchShop) -> tuple[float, float]:
    both = worked({"PostgreSQL": shop.postgres.pid or 0})
    return both["buyers"], both["PostgreSQL"]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
