"""The language that is spoken in this request, asked for once."""

from flask import g, has_app_context
from flask_babel import get_locale

OURS = "en"


def spoken() -> str:
    """Its code as Babel writes it; a page may ask for it with each amount."""
    if not has_app_context():
        return OURS
    try:
        found: str = g.language
    except AttributeError:
        found = g.language = str(get_locale() or OURS)
    return found
