"""Valkey, which may vanish at any moment, and the public pages that are kept there."""

from typing import cast

import redis
from flask import Flask, current_app

from storefront.config import Settings
from storefront.platform.caching.copies import Copies
from storefront.platform.caching.door import Door
from storefront.platform.caching.line import Line
from storefront.platform.caching.shelf import Shelf


def init_app(app: Flask, settings: Settings) -> None:
    """Put the door before the application; without an address of Valkey each process keeps its own pages."""
    line = app.extensions["valkey"] = Line(settings.valkey_url) if settings.valkey_url else None
    copies = app.extensions["copies"] = Copies(settings.valkey_url, settings.cache_memory * 2**20)
    shelf = app.extensions["pages"] = Shelf(app, line, copies)
    door = Door(app, line, shelf, copies)
    setattr(app, "wsgi_app", door)  # noqa: B010 - Flask's documented way, which mypy sees as a method


def valkey() -> "redis.Redis | None":
    """The connection pool of the running application, or None when there is no Valkey."""
    line = cast("Line | None", current_app.extensions["valkey"])
    return line.server if line else None
