"""How long PostgreSQL keeps somebody waiting, and how long it works for that, statement by statement."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from sqlalchemy import event

from storefront.platform import db

ROUNDS = 3
Figure = tuple[float, float]
"""Milliseconds: waited for, and worked by the processor."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of many figures, and what one in twenty exceeds."""

    p50: float
    p95: float
    worked: tuple[float, float]

    def __str__(self) -> str:
        return f"{self.p50:6.1f} {self.p95:6.1f} {self.worked[0]:20.1f} {self.worked[1]:6.1f}"


def spread(figures: Sequence[Figure]) -> Spread:
    waited, worked = ([figure[place] for figure in figures] for place in (0, 1))
    return Spread(median(waited), quantiles(waited, n=20)[-1], (median(worked), quantiles(worked, n=20)[-1]))


def asked(questions: Sequence[Callable[[], object]]) -> list[Figure]:
    """Ask all of them several times over; of each question the middle of its rounds."""
    with _listening() as ear:
        rounds = [[ear.hear(question) for question in questions] for _number in range(ROUNDS + 1)]
    each = zip(*rounds[1:], strict=True)  # The first one warms up.
    return [(median(one[0] for one in figures), median(one[1] for one in figures)) for figures in each]


@dataclass
class Ear:
    """The two clocks, which run while a statement is under way."""

    waited: float = 0
    worked: float = 0

    def hear(self, question: Callable[[], object]) -> Figure:
        self.waited = self.worked = 0
        question()
        return self.waited, self.worked

    def begin(self, _connection: Any, cursor: Any, *_facts: Any) -> None:
        self.waited -= perf_counter() * 1000
        self.worked -= _worked(cursor)

    def end(self, _connection: Any, cursor: Any, *_facts: Any) -> None:
        self.waited += perf_counter() * 1000
        self.worked += _worked(cursor)


def _worked(cursor: Any) -> float:
    """Milliseconds that Linux has given to the server's process so far."""
    statistics = Path(f"/proc/{cursor.connection.info.backend_pid}/schedstat").read_text()
    return int(statistics.split()[0]) / 1e6


@contextmanager
def _listening() -> Iterator[Ear]:
    ear = Ear()
    listeners = {"before_cursor_execute": ear.begin, "after_cursor_execute": ear.end}
    for name, listener in listeners.items():
        event.listen(db.engine(), name, listener)
    try:
        yield ear
    finally:
        for name, listener in listeners.items():
            event.remove(db.engine(), name, listener)
