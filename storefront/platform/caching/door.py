"""Stands before Flask: public pages that are kept are answered here, without session, user or SQL."""

from collections.abc import Iterable
from typing import Any

from flask import Flask

from storefront.config import Settings
from storefront.platform import http, timing
from storefront.platform.caching.addresses import Addresses, Environ
from storefront.platform.caching.answers import answer
from storefront.platform.caching.finding import HIT, STALE, Finder
from storefront.platform.caching.line import Line
from storefront.platform.caching.shelf import Shelf
from storefront.platform.caching.tally import Tally
from storefront.platform.caching.turns import Turns
from storefront.platform.timing import Spent


class Door:
    """Answers from what is kept; lets everything else through."""

    def __init__(self, app: Flask, line: Line | None, shelf: Shelf) -> None:
        self._app = app
        self._inside = app.wsgi_app
        self._addresses = Addresses(app)
        self._pages = Finder(app, app.wsgi_app, shelf, Turns(line), Tally(line))

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """WSGI."""
        spent = timing.begin()
        settings: Settings = self._app.config["SETTINGS"]
        name = http.name_request(environ, settings.trusted_proxies)
        wanted = self._addresses.read(environ)
        if wanted is None:
            return self._inside(environ, _timed(start_response, spent))
        entry, how = self._pages.find(wanted)
        more = [
            ("Cache-Status", f"storefront; {how}"),
            ("X-Request-ID", name),
            *spent.headers("hit" if how in (HIT, STALE) else "miss"),
        ]
        return answer(entry, environ, start_response, more)


def _timed(start_response: Any, spent: Spent) -> Any:
    """What goes past the kept pages says how long it took, too."""
    return lambda status, headers, *rest: start_response(status, [*headers, *spent.headers("none")], *rest)
