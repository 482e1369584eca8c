"""A small answer of the database that this process remembers until what it tells of changes."""

import math
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from flask import current_app

from storefront.platform.caching.shelf import Shelf, Start

T = TypeVar("T")


class Remembered(Generic[T]):
    """Asked for once, and again after a change of its tag."""

    def __init__(self, tag: str, ask: Callable[[], T]) -> None:
        self._tag = tag
        self._ask = ask
        self._shelf: Shelf | None = None
        self._asked_at = -math.inf
        self._known: tuple[Start, T] | None = None

    def get(self) -> T:
        """What the database said the last time, if that is still so; else what it says now."""
        known = self._valid()
        return known[0] if known else self._ask_now()

    def get_seldom(self, pause: float) -> T | None:
        """The same, but None when the database was asked less than so many seconds ago."""
        if known := self._valid():
            return known[0]
        return None if time.monotonic() - self._asked_at < pause else self._ask_now()

    def _here(self) -> Shelf:
        """The shelf of the running application; of what another one said nothing is known here."""
        shelf: Shelf = current_app.extensions["pages"]
        if shelf is not self._shelf:
            self._shelf, self._asked_at, self._known = shelf, -math.inf, None
        return shelf

    def _valid(self) -> tuple[T] | None:
        shelf = self._here()
        if self._known and shelf.unchanged(self._tag, self._known[0]):
            return (self._known[1],)
        return None

    def _ask_now(self) -> T:
        shelf = self._here()
        self._asked_at = time.monotonic()
        start = shelf.begin()
        found = self._ask()
        if shelf.note(self._tag, start):
            self._known = start, found
        return found
