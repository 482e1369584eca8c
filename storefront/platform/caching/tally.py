"""How pages came: counted in each process, added up in Valkey about once a second."""

import time
from collections import Counter
from collections.abc import Mapping
from threading import Lock
from typing import cast

import redis

from storefront.platform.caching.line import Gone, Line

SUMS = "sums"
PAUSE = 1.0  # seconds


class Tally:
    """Counts of this process that Valkey does not know of yet."""

    def __init__(self, line: Line | None) -> None:
        self._line = line
        self._lock = Lock()
        self._counts: Counter[str] = Counter()
        self._handed_on_at = time.monotonic()

    def add(self, name: str, number: int = 1) -> None:
        """So many more of these."""
        with self._lock:
            self._counts[name] += number
            if time.monotonic() - self._handed_on_at < PAUSE:
                return
            self._handed_on_at = time.monotonic()
            counts, self._counts = self._counts, Counter()
        self._hand_on(counts)

    def _hand_on(self, counts: Counter[str]) -> None:
        if self._line is None:
            return
        try:
            self._line.ask(lambda server: _increase(server, counts))
        except Gone:
            return  # What was counted while Valkey was away is not worth keeping.


def _increase(server: "redis.Redis", counts: Mapping[str, int]) -> None:
    with server.pipeline(transaction=False) as pipe:
        for name, number in counts.items():
            pipe.hincrby(SUMS, name, number)
        pipe.execute()


def sums(server: "redis.Redis") -> dict[str, int]:
    """What all processes counted since Valkey began."""
    found = cast("dict[bytes, bytes]", server.hgetall(SUMS))
    return {name.decode(): int(number) for name, number in found.items()}


def kinds(server: "redis.Redis") -> dict[str, int]:
    """How many pages of each kind are kept."""
    found = Counter(key.split(b":")[1].decode() for key in server.scan_iter("page:*", count=1000))
    return dict(sorted(found.items()))
