"""Pages in the memory of this process: few bytes, the least asked for go first."""

from collections import OrderedDict
from collections.abc import Collection
from threading import Lock

from storefront.platform.caching.entries import Entry


class Memory:
    """A bounded number of bytes of pages, each for a short time."""

    def __init__(self, most_bytes: int, seconds: float) -> None:
        self._most = most_bytes
        self._seconds = seconds
        self._bytes = 0
        self.changes = 0
        """How often something changed; a build notes it, and is not kept when it has become more."""
        self._kept: OrderedDict[str, tuple[float, Entry]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str, now: float) -> Entry | None:
        """The page, unless it has been here for too long."""
        with self._lock:
            until, entry = self._kept.get(key, (0.0, None))
            if entry is None or until < now:
                return None
            self._kept.move_to_end(key)
            return entry

    def put(self, key: str, entry: Entry, now: float, changes: int) -> None:
        """Keep a page that was begun after so many changes; what nobody asked for longest goes."""
        with self._lock:
            if changes != self.changes:
                return
            self._drop(key)
            self._kept[key] = (now + self._seconds, entry)
            self._bytes += entry.size
            while self._bytes > self._most:
                self._drop(next(iter(self._kept)))

    def forget(self, tags: Collection[str]) -> None:
        """What tells of these has changed."""
        changed = set(tags)
        with self._lock:
            self.changes += 1
            for key in [key for key, (_, entry) in self._kept.items() if not changed.isdisjoint(entry.tags)]:
                self._drop(key)

    def _drop(self, key: str) -> None:
        _until, entry = self._kept.pop(key, (0.0, None))
        self._bytes -= entry.size if entry else 0
