"""Storefront: a web shop that never sells what it does not have."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from storefront.config import Settings


class Shop(Flask):
    """Flask that knows that none of our functions is a coroutine; it would look at some twenty a request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create_app(settings: Settings | None = None) -> Flask:
    """The application, from what every web application needs up to what only this shop knows."""
    from storefront import models, platform, routes

    settings = settings or Settings.load()
    root = platform.ROOT
    app = Shop(
        __name__, template_folder=root / "templates", static_folder=root / "static", static_url_path="/static"
    )
    app.config["SETTINGS"] = settings
    platform.init_app(app, settings)
    models.load()
    routes.init_app(app)
    return app
