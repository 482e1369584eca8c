"""The worker's own `/metrics` and `/livez`, for monitors: the web's, in a process that sells nothing."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from flask import Flask

from storefront.config import Settings

SHOWN = frozenset({"/metrics", "/livez", "/readyz", "/health_check"})


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *_said: Any) -> None:
        """The journal tells of each request."""


@contextmanager
def listening(app: Flask, settings: Settings) -> Iterator[int]:
    """Answer monitors meanwhile, where the operator named a port for it; which port it is."""
    if settings.worker_port is None:
        yield 0
        return

    def only_what_is_shown(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO") in SHOWN:
            return app(environ, start_response)
        start_response("404 NOT FOUND", [("Content-Type", "text/plain")])
        return [b"This is the worker.\n"]

    where = settings.host, settings.worker_port
    with make_server(*where, only_what_is_shown, _Server, _Silent) as server:
        threading.Thread(target=server.serve_forever, name="watched", daemon=True).start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
