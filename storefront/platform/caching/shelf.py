"""Where pages are kept: in Valkey through Flask-Caching, in our own bytes; in memory while Valkey is away."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from cachelib.serializers import BaseSerializer
from flask import Flask
from flask_caching import Cache
from flask_caching.backends.rediscache import RedisCache

from storefront.platform import clock
from storefront.platform.caching.copies import Copies
from storefront.platform.caching.entries import Entry, unpack
from storefront.platform.caching.line import Gone, Line
from storefront.platform.caching.memory import Memory
from storefront.platform.caching.versions import Versions

SHORTLY = 1.0  # seconds a page is good that no other process can call back
MODEST = 8 * 1024 * 1024  # bytes


class Pages(BaseSerializer):
    """Pages as bytes that can hold nothing but pages."""

    def dumps(self, value: Any, protocol: int = 0) -> bytes:  # noqa: ARG002 - as Flask-Caching calls it
        packed: bytes = value.pack()
        return packed

    def loads(self, bvalue: bytes | None) -> Any:
        return None if bvalue is None else unpack(bvalue)


class ValkeyPages(RedisCache):
    """Flask-Caching's backend on the shop's own line to Valkey."""

    serializer = Pages()  # type: ignore[assignment]  # It is declared as the one that pickles.

    @classmethod
    def factory(
        cls, app: Flask, _config: dict[str, Any], args: list[Any], kwargs: dict[str, Any]
    ) -> "ValkeyPages":
        line: Line = app.extensions["valkey"]
        return cls(line.server, *args, **kwargs)


@dataclass(frozen=True, slots=True)
class Start:
    """When a build began: the number of the last change, in all processes and in this one."""

    number: int
    here: int


class Shelf:
    """Pages that are good this moment."""

    def __init__(self, app: Flask, line: Line | None, copies: Copies) -> None:
        self._line = line
        self._copies = copies
        self._memory = Memory(MODEST)
        self._late: set[str] = set()
        self.versions = Versions(line) if line else None
        kind = f"{__name__}.{ValkeyPages.__name__}" if line else "NullCache"
        self._pages = Cache()
        self._pages.init_app(app, {"CACHE_TYPE": kind, "CACHE_NO_NULL_WARNING": True})
        with app.app_context():
            self._backend = self._pages.cache

    def begin(self) -> Start:
        """What to note before a build; the number is 0 when there is nobody who counts."""
        here = self._memory.changes
        try:
            return Start(self.versions.now() if self.versions else 0, here)
        except Gone:
            return Start(0, here)

    def get(self, key: str) -> Entry | None:
        """The page, if nothing that it tells of has changed since."""
        now = clock.now().timestamp()
        try:
            entry = self._ask(key)
        except Gone:
            return self._memory.get(key, now - SHORTLY)
        return entry if entry and now < entry.good_until else None

    def put(self, key: str, entry: Entry, start: Start) -> None:
        """Keep a page, unless what it tells of has changed while it was built."""
        now = clock.now().timestamp()
        if not start.number:
            self._memory.put(key, entry, now, start.here)
            return
        with suppress(Gone):
            self._send(key, entry, max(1, int(entry.good_until - now)))

    def note(self, tag: str, start: Start) -> bool:
        """Begin to watch a tag; whether nothing of it has changed since the start."""
        try:
            if start.number and self.versions:
                return self.versions.register((tag,), start.number)
        except Gone:
            return False
        return start.here == self._memory.changes

    def unchanged(self, tag: str, start: Start) -> bool:
        """Whether nothing has changed since the start; when nobody can tell, something has."""
        try:
            return bool(start.number and self.versions and self.versions.unchanged((tag,), start.number))
        except Gone:
            return False

    def told(self, owed: list[int]) -> set[int] | None:
        """Which changes all processes know of; None when nobody can tell."""
        try:
            return self.versions.told(owed) if self.versions else set(owed)
        except Gone:
            return None

    def forget(self, tags: set[str], owed: int | None = None) -> bool:
        """What tells of these has changed; whether all processes know.

        What Valkey could not be told it is told before it is asked for the next page.
        """
        try:
            return self._tell(tags, owed)
        finally:
            self._memory.forget(tags)
            self._copies.forget(tags)

    def _tell(self, tags: set[str], owed: int | None) -> bool:
        if not self.versions:
            return True
        names = self._late | tags
        try:
            self.versions.bump(names, owed)
        except Gone:
            self._late |= names
            return False
        self._late -= names
        return True

    def _send(self, key: str, entry: Entry, seconds: int) -> None:
        if self._line and self.versions and self.versions.register(entry.tags, entry.began):
            self._line.ask(lambda _server: self._backend.set(key, entry, seconds))

    def _ask(self, key: str) -> Entry | None:
        if not self._line or not self.versions or (self._late and not self.forget(set())):
            raise Gone
        entry: Entry | None = self._line.ask(lambda _server: self._backend.get(key))
        if entry is None or not self.versions.unchanged(entry.tags, entry.began):
            return None
        return entry
