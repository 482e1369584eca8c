"""Measure readers: pages in a second, how long each took, and the processor time of one."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median, quantiles

from tests.bench.working import worked
from tests.races.crowd import crowd, get
from tests.serving import LiveServer


@dataclass(frozen=True, slots=True)
class Read:
    """One round."""

    per_second: float
    p95: float
    cpu: float
    """Milliseconds of one page, in all processes of the server."""

    def __str__(self) -> str:
        return f"{self.per_second:.0f} pages/s, p95 {self.p95:.1f} ms, CPU {self.cpu:.3f} ms"


def read(server: LiveServer, address: str, pages: int, connections: int) -> Read:
    """So many pages over so many connections, each asked for again as soon as it came."""
    leaders = {"web": server.process.pid}
    before, began = worked(leaders), time.perf_counter()
    answers = list(crowd(server.url, [get(address)] * pages, at_once=connections))
    seconds, after = time.perf_counter() - began, worked(leaders)
    wrong = [answer for answer in answers if answer.status != 200]
    assert not wrong, f"{len(wrong)} failed: {wrong[0].status} {wrong[0].trouble}"
    return Read(
        pages / seconds,
        quantiles([answer.seconds * 1000 for answer in answers], n=20)[-1],
        (after["web"] - before["web"]) * 1000 / pages,
    )


def middle(rounds: Iterable[Read]) -> Read:
    """The middle of several rounds, figure by figure."""
    measured = list(rounds)
    return Read(*(median(getattr(one, name) for one in measured) for name in ("per_second", "p95", "cpu")))
