"""The language that is spoken right now, as Babel writes its code; a page asks for it with each amount."""

from functools import lru_cache

from babel import Locale
from flask_babel import get_locale

OURS = "en"


def spoken() -> str:
    """That of the request, unless a letter is being written in another."""
    locale = get_locale()
    return _code(locale) if locale else OURS


@lru_cache(maxsize=64)
def _code(locale: Locale) -> str:
    return str(locale)
