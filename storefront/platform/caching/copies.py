"""Copies of kept pages in this process, found by what stands in the request, without asking anybody."""

import time
from collections.abc import Collection, Hashable

from storefront.platform import clock
from storefront.platform.caching.entries import Entry
from storefront.platform.caching.listener import Listener
from storefront.platform.caching.memory import Memory

Address = tuple[Hashable, ...]
DEAF = 1.0  # seconds a copy is good that nobody could call back


class Copies:
    """A bounded number of bytes of pages that are good as long as nobody said otherwise."""

    def __init__(self, url: str, most_bytes: int) -> None:
        self._memory = Memory(most_bytes)
        self._listener = Listener(url, self.forget) if url and most_bytes else None

    @property
    def changes(self) -> int:
        """To be noted before a page is looked for that may be put here."""
        return self._memory.changes

    def get(self, address: Address) -> Entry | None:
        """The page of this address, unless it is time to build it anew."""
        if self._listener is None:
            return None
        self._listener.begin()
        deaf = time.monotonic() - DEAF
        entry = self._memory.get(address, 0.0 if self._listener.heard_at > deaf else deaf)
        return entry if entry and not entry.is_due(clock.now().timestamp()) else None

    def put(self, address: Address, entry: Entry, changes: int) -> None:
        """Copy a page that was good a moment ago, if Valkey knows of it and would call it back."""
        if self._listener and entry.began:
            self._memory.put(address, entry, time.monotonic(), changes)

    def forget(self, tags: Collection[str] | None) -> None:
        """What tells of these has changed; without tags, everything may have."""
        self._memory.forget(tags)
