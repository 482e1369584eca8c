"""The shop with pages that take a second to build, tell a fact, and leave a note of who built them."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, Response

from storefront import create_app
from storefront.platform import cache
from storefront.platform.caching import door
from storefront.platform.caching.turns import Building, Turns
from storefront.platform.pages import cached_page

SECONDS = 1.0
TAG = "slow"


def builds(name: str) -> list[int]:
    """The processes that built a page."""
    server = cache.valkey()
    assert server is not None
    return [int(pid) for pid in server.lrange(f"builds:{name}", 0, -1)]


class Lawless(Turns):
    """Everybody builds."""

    def join(self, key: str) -> tuple[Building, bool]:
        return Building(), True

    def leave(self, key: str, look: object) -> None:
        """Nobody waits."""

    @contextmanager
    def alone(self, key: str, until: float) -> Iterator[bool]:
        yield True


def opened() -> Flask:
    """The application, for gunicorn."""
    if os.environ.get("WITHOUT_LOCK"):
        vars(door)["Turns"] = Lawless
    app = create_app()
    app.add_url_rule("/slow/<name>", view_func=slow)
    return app


@cached_page("content", tags=(TAG,))
def slow(name: str) -> Response:
    """What the fact was when it was asked for, a second ago."""
    server = cache.valkey()
    assert server is not None
    fact = server.get("fact") or b"nothing"
    server.rpush(f"builds:{name}", os.getpid())
    time.sleep(SECONDS)
    return Response(fact, mimetype="text/plain")
