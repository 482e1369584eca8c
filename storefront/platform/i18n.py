"""Words, money, dates and numbers in the reader's language; English is complete today."""

from datetime import datetime

from flask import Flask
from flask_babel import Babel, format_datetime, get_locale

from storefront.config import Settings
from storefront.platform.money import Money

LANGUAGE = "en"


def init_app(app: Flask, _settings: Settings) -> None:
    """Give templates gettext and the formats."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, default_locale=LANGUAGE, default_timezone="UTC")
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.filters["money"] = money
    app.jinja_env.filters["moment"] = moment
    app.jinja_env.globals["language"] = language


def language() -> str:
    """The language of this page, for its lang attribute."""
    return str(get_locale() or LANGUAGE).replace("_", "-")


def money(amount: int, currency: str) -> str:
    """Minor units as the reader writes them."""
    return Money(amount, currency).format()


def moment(when: datetime, form: str = "long") -> str:
    """A date and time in the shop's zone, as the reader writes it."""
    return str(format_datetime(when, form))
