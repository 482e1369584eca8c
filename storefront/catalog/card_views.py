"""A product as it stands on a shelf, in HTML: written once for as long as nothing that it says changes."""

from functools import lru_cache

from flask import current_app, request
from flask_babel import get_locale
from markupsafe import Markup

from storefront.catalog.listing import Good

MOST = 3000
"""Cards that a process keeps, of some 1.5 KB each: those of the first pages of every shelf."""


def card(good: Good, few: int, level: int, loading: str) -> Markup:
    """The card of a product. Up to `few` units are counted aloud; `loading` is that of its picture."""
    return written(good, few, level, loading, request.script_root, str(get_locale()))


@lru_cache(maxsize=MOST)
def written(good: Good, few: int, level: int, loading: str, _root: str, _language: str) -> Markup:
    """The card's HTML, which depends on nothing but these; the last two say how its links and words read."""
    macros = current_app.jinja_env.get_template("ui/products.html").module
    html: Markup = macros.card(good, few, level, loading)  # type: ignore[attr-defined]  # a macro of the template
    return html
