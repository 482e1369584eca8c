"""Parts of pages that depend on nothing but what they are given: written once while that is the same."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, request
from jinja2.runtime import Macro
from markupsafe import Markup

from storefront.config import Settings
from storefront.platform.language import spoken

MOST = 6000
"""Parts that a process keeps, of a kilobyte or two: cards and pictures of the first pages of every shelf."""


def init_app(app: Flask, _settings: Settings) -> None:
    """Give templates all three."""
    app.jinja_env.globals |= {"written": written, "written_each": written_each, "writer": writer}


def written(template: str, macro: str, *given: Any) -> Markup:
    """What a macro makes of these, all of which can be compared and never change."""
    return writer(template, macro)(*given)


def written_each(template: str, macro: str, things: Iterable[Any], *given: Any) -> list[Markup]:
    """What it makes of each of these things and the rest."""
    write = writer(template, macro)
    return [write(thing, *given) for thing in things]


def writer(template: str, macro: str) -> Callable[..., Markup]:
    """The same for many in a row: what else HTML depends on, how links and words read, is looked up once."""
    found: Macro = getattr(current_app.jinja_env.get_template(template).module, macro)
    root, language = request.script_root, spoken()
    return lambda *given: _write(found, root, language, given)


@lru_cache(maxsize=MOST)
def _write(macro: Macro, _root: str, _language: str, given: tuple[Any, ...]) -> Markup:
    html: Markup = macro(*given)  # type: ignore[assignment]  # In HTML, macros make Markup.
    return html
