"""Stands before Flask: public pages that are kept are answered here, without session, user or SQL."""

import time
from collections.abc import Iterable
from typing import Any

from flask import Flask

from storefront.config import Settings
from storefront.platform import clock, http
from storefront.platform.caching.addresses import Addresses, Environ, Wanted
from storefront.platform.caching.answers import answer
from storefront.platform.caching.behind import Behind
from storefront.platform.caching.entries import Entry
from storefront.platform.caching.line import Line
from storefront.platform.caching.making import Made, make
from storefront.platform.caching.shelf import Shelf
from storefront.platform.caching.turns import PATIENCE, Turns

HIT, STALE, MISS, BYPASS = "hit", "hit; detail=stale", "fwd=miss; stored", "fwd=bypass"


class Door:
    """Answers from what is kept; lets everything else through."""

    def __init__(self, app: Flask, line: Line | None, shelf: Shelf) -> None:
        self._app = app
        self._inside = app.wsgi_app
        self._addresses = Addresses(app)
        self._shelf = shelf
        self._turns = Turns(line)
        self._behind = Behind()

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """WSGI."""
        began = time.perf_counter()
        name = http.name_request(environ, self._settings.trusted_proxies)
        wanted = self._addresses.read(environ)
        if wanted is None:
            return self._inside(environ, start_response)
        entry, how = self._find(wanted)
        spent = (time.perf_counter() - began) * 1000
        more = [
            ("Cache-Status", f"storefront; {how}"),
            ("X-Request-ID", name),
            ("X-Response-Time", f"{spent:.1f}ms"),
        ]
        return answer(entry, environ, start_response, more)

    @property
    def _settings(self) -> Settings:
        found: Settings = self._app.config["SETTINGS"]
        return found

    def _find(self, wanted: Wanted) -> tuple[Entry, str]:
        """The page: kept, or built by us, or by whoever builds it already."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if entry := self._shelf.get(wanted.key):
                return entry, self._of_age(entry, wanted)
            building, ours = self._turns.join(wanted.key)
            if ours:
                try:
                    with self._turns.alone(wanted.key, until) as alone:
                        if alone and not (entry := self._shelf.get(wanted.key)):
                            made = self._make(wanted)
                            building.shared = made.kept
                            return made.entry, MISS if made.kept else BYPASS
                finally:
                    self._turns.leave(wanted.key)
            elif not (building.done.wait(until - time.monotonic()) and building.shared):
                break
        return self._make(wanted, keep=False).entry, BYPASS

    def _make(self, wanted: Wanted, *, keep: bool = True) -> Made:
        start = self._shelf.begin()
        made = make(self._inside, wanted, start, self._settings)
        if keep and made.kept:
            self._shelf.put(wanted.key, made.entry, start)
        return made

    def _of_age(self, entry: Entry, wanted: Wanted) -> str:
        """What to say of a kept page; one that should be built anew is, behind the reader's back."""
        now = clock.now().timestamp()
        if entry.is_due(now):
            self._behind.do(wanted.key, lambda: self._renew(wanted))
        return HIT if now < entry.fresh_until else STALE

    def _renew(self, wanted: Wanted) -> None:
        with self._turns.alone(wanted.key, 0) as alone:
            if alone:
                self._make(wanted)
