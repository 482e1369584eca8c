"""Four hundred readers who think between two pages, and what the processes that answer them weigh."""

import random
import selectors
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heapify, heapreplace
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

from tests.bench.cache.reading import read
from tests.bench.cache.standing import LIST, standing
from tests.bench.working import family
from tests.races.crowd import get
from tests.races.wire import Answer, Door, Line
from tests.serving import LiveServer

READERS = 400
ROUNDS, SECONDS = 3, 10  # of each server
PAGES = 8000  # to see what it can


def main() -> None:
    with standing() as stand:
        servers = {"constant": stand.constant, "copied": stand.ours}
        half = {name: read(server, LIST, PAGES, READERS).per_second / 2 for name, server in servers.items()}
        waited: dict[str, list[float]] = {name: [] for name in servers}
        for _ in range(ROUNDS):
            for name, server in servers.items():
                waited[name] += think(server, half[name], SECONDS)
        for name, seconds in waited.items():
            cuts = quantiles([one * 1000 for one in seconds], n=100)
            print(
                f"{READERS} readers who think, {name}: {half[name]:.0f} pages/s, half of what it could:"
                f" p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms (goal 100), p99 {cuts[98]:.1f} ms (goal 200)"
            )
        tell_weight(stand.ours)


def tell_weight(server: LiveServer) -> None:
    leader, *workers = family(server.process.pid)
    shares, sizes = (sum(weighs(one)[kind] for one in workers) for kind in ("Pss", "Rss"))
    print(
        f"{len(workers)} web processes: {shares:.0f} MB by their share (PSS), {sizes:.0f} MB counted whole"
        f" (RSS), goal 180; their leader {weighs(leader)['Pss']:.0f} MB by its share"
    )


@dataclass(slots=True)
class Reader:
    """Wants the next page at times that were settled before, whether or not the last one has come."""

    line: Line
    pause: float
    """Seconds between two wishes, on the average."""
    at: float
    wanted: deque[float] = field(default_factory=deque)

    def want(self) -> None:
        """The time has come for another page."""
        self.wanted.append(self.at)
        self.at += random.expovariate(1 / self.pause)
        if len(self.wanted) == 1:
            self.line.begin(get(LIST))

    def has(self, answer: Answer) -> float:
        """A page came; how long after it was wanted."""
        assert answer.status == 200, answer.trouble
        waited = time.perf_counter() - self.wanted.popleft()
        if self.wanted:
            self.line.begin(get(LIST))
        return waited


def think(server: LiveServer, per_second: float, seconds: float) -> list[float]:
    """How long each page of an open loop took."""
    where = urlsplit(server.url)
    with selectors.DefaultSelector() as selector:
        door = Door((where.hostname or "", where.port or 80), selector, 60.0)
        pause, now = READERS / per_second, time.perf_counter()
        readers = [Reader(Line(door), pause, now + random.uniform(0, pause)) for _ in range(READERS)]
        waited = list(_lived(selector, readers, now + seconds))
        for reader in readers:
            reader.line.hang_up()
    return waited


def _lived(selector: selectors.BaseSelector, readers: list[Reader], until: float) -> Iterator[float]:
    by_line = {reader.line: reader for reader in readers}
    plans = [(reader.at, number) for number, reader in enumerate(readers)]
    heapify(plans)
    while (now := time.perf_counter()) < until:
        while plans[0][0] <= now:
            _, number = plans[0]
            readers[number].want()
            heapreplace(plans, (readers[number].at, number))
        for key, _ in selector.select(max(0.0, plans[0][0] - time.perf_counter())):
            if (answer := key.data.go_on()) is not None:
                yield by_line[key.data].has(answer)


def weighs(pid: int) -> dict[str, float]:
    """Megabytes of a process: Pss shares what several have in common, Rss counts it for each."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    found = {name: value for name, _, value in (line.partition(":") for line in lines)}
    return {name: int(found[name].split()[0]) / 1024 for name in ("Pss", "Rss")}
