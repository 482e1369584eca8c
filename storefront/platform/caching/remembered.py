"""A small answer of the database that this process remembers until what it tells of changes."""

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
        self._known: tuple[Start, T] | None = None

    def get(self) -> T:
        """What the database said the last time, if that is still so."""
        shelf: Shelf = current_app.extensions["pages"]
        if self._known and shelf.unchanged(self._tag, self._known[0]):
            return self._known[1]
        start = shelf.begin()
        found = self._ask()
        if shelf.note(self._tag, start):
            self._known = start, found
        return found
