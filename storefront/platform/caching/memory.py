"""Pages in the memory of this process: few bytes, the least asked for go first."""

from collections import OrderedDict
from collections.abc import Collection, Hashable
from threading import Lock

from storefront.platform.caching.entries import Entry


class Memory:
    """A bounded number of bytes of pages, and since when each is here."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._bytes = 0
        self.changes = 0
        """How often something changed; noted before a page is looked for, which is kept if it is still so."""
        self._kept: OrderedDict[Hashable, tuple[float, Entry]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, since: float) -> Entry | None:
        """The page, if it came here since then."""
        with self._lock:
            came, entry = self._kept.get(key, (0.0, None))
            if entry is None or came < since:
                return None
            self._kept.move_to_end(key)
            return entry

    def put(self, key: Hashable, entry: Entry, now: float, changes: int) -> None:
        """Keep a page that was looked for after so many changes; what nobody asked for longest goes."""
        with self._lock:
            if changes != self.changes:
                return
            self._drop(key)
            self._kept[key] = (now, entry)
            self._bytes += entry.size
            while self._bytes > self._most:
                self._drop(next(iter(self._kept)))

    def forget(self, tags: Collection[str] | None) -> None:
        """What tells of these has changed; without tags, everything may have."""
        with self._lock:
            self.changes += 1
            for key, (_came, entry) in list(self._kept.items()):
                if tags is None or not set(entry.tags).isdisjoint(tags):
                    self._drop(key)

    def _drop(self, key: Hashable) -> None:
        _came, entry = self._kept.pop(key, (0.0, None))
        self._bytes -= entry.size if entry else 0
