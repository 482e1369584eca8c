"""The language that is spoken right now, as Babel writes its code; a page asks for it with each amount."""

from functools import lru_cache

from babel import Locale
from flask import g, has_app_context
from flask_babel import get_locale

OURS = "en"


def spoken() -> str:
    """That of the request, unless a letter is being written in another."""
    if not has_app_context():
        return OURS
    found: str | None = g.get("language")
    if found is None:
        locale = get_locale()
        found = g.language = _code(locale) if locale else OURS
    return found


@lru_cache(maxsize=64)
def _code(locale: Locale) -> str:
    return str(locale)
