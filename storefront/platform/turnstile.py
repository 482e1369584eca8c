"""Few at once go where passwords are hashed: whoever is one too many is answered before anything is done."""

import threading
from collections.abc import Iterable
from functools import cached_property
from io import BytesIO
from typing import Any

from flask import Flask
from flask_babel import gettext as _

from storefront.config import Settings
from storefront.platform import acting, http, metrics
from storefront.platform.errors import Busy

ROOM = 3
"""How many may be inside in one process: one is hashed, the others wait. Each takes a thread of the web
server, and pages are to have the rest."""
MOST = 64 * 1024
"""Bytes of a form; what comes after them belongs to none of ours."""
_behind: set[str] = set()


class TooManyAtOnce(Busy):
    """Others are signing in or up at this moment, and memory and processors are kept for browsing."""

    code = "too-many-at-once"

    def message(self) -> str:
        return _("Many people are signing in right now. Please try again in a moment.")


def stands_before(*endpoints: str) -> None:
    """What is sent to these views goes through here."""
    _behind.update(endpoints)


def init_app(app: Flask, _settings: Settings) -> None:
    """Stand before everything else: a flood at the door must cost readers as little as it can."""
    standing = app.extensions["turnstile"] = Turnstile(app)
    setattr(app, "wsgi_app", standing)  # noqa: B010 - Flask's documented way, which mypy sees as a method


class Turnstile:
    """Counts who is inside, and has one page for all who are not let in."""

    def __init__(self, app: Flask, room: int = ROOM) -> None:
        self._app, self._inside = app, app.wsgi_app
        self.places = threading.BoundedSemaphore(room)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST" or not self._is_behind(environ["PATH_INFO"]):
            return self._inside(environ, start_response)
        _read_all(environ)
        if not self.places.acquire(blocking=False):
            return self._refuse(environ, start_response)
        try:
            return self._inside(environ, start_response)
        finally:
            self.places.release()

    def turns_away(self, path: str) -> bytes | None:
        """The whole answer to who is one too many for this path; None if they may go on."""
        if not self._is_behind(path):
            return None
        if self.places.acquire(blocking=False):
            self.places.release()
            return None
        metrics.refused.labels(TooManyAtOnce.code).inc()
        before, after = self._wire
        return b"%s%s%s" % (before, acting.new_id().encode(), after)

    def _refuse(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        metrics.refused.labels(TooManyAtOnce.code).inc()
        status, headers, body = self._page
        name = http.name_request(environ, 0)
        start_response(status, [*headers, ("X-Request-ID", name)])
        return [body]

    def _is_behind(self, path: str) -> bool:
        whole, begun = self._addresses
        return path in whole or path.startswith(begun)

    @cached_property
    def _addresses(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """Of those views: the whole ones, and what others begin with, up to what differs."""
        rules = [rule.rule for rule in self._app.url_map.iter_rules() if rule.endpoint in _behind]
        whole = frozenset(rule for rule in rules if "<" not in rule)
        return whole, tuple(rule.partition("<")[0] for rule in rules if "<" in rule)

    @cached_property
    def _wire(self) -> tuple[bytes, bytes]:
        """The page as it goes over the line, before and after the request's id."""
        status, headers, body = self._page
        told = "".join(f"{name}: {value}\r\n" for name, value in headers)
        head = f"HTTP/1.1 {status}\r\n{told}Connection: close\r\nX-Request-ID: "
        return head.encode("latin-1"), b"\r\n\r\n" + body

    @cached_property
    def _page(self) -> tuple[str, list[tuple[str, str]], bytes]:
        from storefront.platform.refusals import refused  # noqa: PLC0415 - which stands on everything here

        with self._app.test_request_context():
            answer = self._app.process_response(refused(TooManyAtOnce()))
            headers = [one for one in answer.headers if one[0] != "X-Request-ID"]
            return answer.status, headers, answer.get_data()


def _read_all(environ: dict[str, Any]) -> None:
    """Whoever sends slowly is read before a place is taken, and keeps no other person waiting."""
    length = environ.get("CONTENT_LENGTH") or ""
    form = environ["wsgi.input"].read(min(int(length), MOST) if length.isdecimal() else MOST)
    environ.update({"wsgi.input": BytesIO(form), "CONTENT_LENGTH": str(len(form))})
