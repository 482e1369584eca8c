"""Stands before Flask: public pages that are kept are answered here, without session, user or SQL."""

from collections.abc import Iterable
from typing import Any

from flask import Flask

from storefront.config import Settings
from storefront.platform import http, journal, timing
from storefront.platform.caching.addresses import Addresses, Environ, as_it_came
from storefront.platform.caching.answers import answer
from storefront.platform.caching.copies import Address, Copies
from storefront.platform.caching.entries import Entry
from storefront.platform.caching.finding import COUNTED, HIT, STALE, Finder
from storefront.platform.caching.line import Line
from storefront.platform.caching.shelf import Shelf
from storefront.platform.caching.tally import Tally
from storefront.platform.caching.turns import Turns
from storefront.platform.timing import Spent


class Door:
    """Answers from what is kept; lets everything else through."""

    def __init__(self, app: Flask, line: Line | None, shelf: Shelf, copies: Copies) -> None:
        self._app = app
        self._inside = app.wsgi_app
        self._copies = copies
        self._tally = Tally(line)
        self._addresses = Addresses(app)
        self._pages = Finder(app, app.wsgi_app, shelf, Turns(line), self._tally)

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """WSGI."""
        spent = timing.begin()
        settings: Settings = self._app.config["SETTINGS"]
        name = http.name_request(environ, settings.trusted_proxies)
        http.begin(environ, name)
        start = _noted(start_response, environ, spent)
        found = self._copied(as_it_came(environ, settings)) or self._kept(environ, settings)
        if found is None:
            return self._inside(environ, start)
        entry, how = found
        spent.route, spent.cache = entry.route, "hit" if how in (HIT, STALE) else "miss"
        spent.came = COUNTED[how]
        return answer(entry, environ, start, [("Cache-Status", f"storefront; {how}"), ("X-Request-ID", name)])

    def _copied(self, address: Address | None) -> tuple[Entry, str] | None:
        entry = self._copies.get(address) if address else None
        if entry is None:
            return None
        self._tally.add("hit")
        return entry, HIT

    def _kept(self, environ: Environ, settings: Settings) -> tuple[Entry, str] | None:
        wanted = self._addresses.read(environ)
        if wanted is None:
            return None
        changes = self._copies.changes
        entry, how = self._pages.find(wanted)
        if how == HIT and (address := as_it_came(environ, settings)):
            self._copies.put(address, entry, changes)
        return entry, how


def _noted(start_response: Any, environ: Environ, spent: Spent) -> Any:
    """Every answer says how long it took, and so does a line in the log."""

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        journal.note(http.method_of(environ), int(status[:3]), spent)
        return start_response(status, [*headers, *spent.headers()], *rest)

    return start
