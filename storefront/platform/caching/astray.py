"""Wrong addresses: whoever tries one after another is answered without asking the database each time."""

import time
from threading import Lock

MANY = 20  # wrong addresses of one kind in a minute; until then the database is asked


class Astray:
    """Counts, minute by minute, what led nowhere."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._minute = 0
        self._counts: dict[str, int] = {}

    def note(self, endpoint: str) -> None:
        """One more has led nowhere."""
        with self._lock:
            minute = int(time.monotonic() // 60)
            if minute != self._minute:
                self._counts.clear()
            self._minute = minute
            self._counts[endpoint] = self._counts.get(endpoint, 0) + 1

    def forget(self) -> None:
        """As if nobody had gone astray yet."""
        with self._lock:
            self._counts.clear()

    def many(self, endpoint: str) -> bool:
        """Whether so many did in their last minute that it is worth knowing all that lead somewhere."""
        return self._counts.get(endpoint, 0) >= MANY
