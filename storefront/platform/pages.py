"""Deliver a page, or the one region of it that htmx asked for, from the same context."""

from collections.abc import Callable, MutableMapping
from typing import Any

from flask import Flask, Response, make_response, render_template
from flask.templating import Environment
from jinja2 import StrictUndefined

from storefront.config import Settings
from storefront.platform import db, http, timing
from storefront.platform.caching.policies import about, cached_page, for_everybody, is_public, only, passing

__all__ = [
    "about",
    "cached_page",
    "everywhere",
    "for_everybody",
    "frame",
    "is_public",
    "only",
    "passing",
    "render",
]
_common: list[Callable[[], dict[str, Any]]] = []


class Templates(Environment):
    """What all templates know is one dictionary: an import would walk through a chain of two."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def init_app(app: Flask, _settings: Settings) -> None:
    """A name that a template misspells is an error, not an empty string."""
    app.jinja_environment = Templates
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def everywhere(give: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    """Register what every full page needs, such as the shop's name and its shelves."""
    _common.append(give)
    return give


def frame() -> dict[str, Any]:
    """What every full page shows around its own content."""
    context: dict[str, Any] = {}
    for give in _common:
        context = give() | context
    return context


def render(page: str, fragment: str | None = None, /, status: int = 200, **context: Any) -> Response:
    """The page, or its fragment for htmx. The connection goes back before the template runs."""
    context = frame() | context
    db.release()
    partial = fragment is not None and http.is_partial()
    with timing.rendering():
        said = render_template(fragment if partial and fragment else page, **context)
    response = make_response(said, status)
    http.vary_by_htmx(response)
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
