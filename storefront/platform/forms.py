"""HTML forms: WTForms with our words, strict about what no honest browser sends."""

import logging
import unicodedata
from typing import Any

from flask import Flask
from flask_babel import gettext, ngettext
from wtforms import Form as WTForm
from wtforms import StringField
from wtforms.validators import StopValidation, ValidationError

from storefront.config import Settings

log = logging.getLogger(__name__)
MAX_INTEGER = 2**31 - 1
# What follows one of these is shown in another order than it is stored; joiners, which names and
# emoji need, are none of them.
TURNS_TEXT_AROUND = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class _Words:
    """WTForms' own messages, in the reader's language."""

    def gettext(self, string: str) -> str:
        return gettext(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return ngettext(singular, plural, n)


class Form(WTForm):
    """The base of every form."""

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        if not valid:
            log.info(
                "refused fields of %s: %s", type(self).__name__, ", ".join(sorted(map(str, self.errors)))
            )
        return valid

    class Meta:
        def get_translations(self, _form: WTForm) -> _Words:
            return _Words()

        def bind_field(self, form: WTForm, unbound: Any, options: dict[str, Any]) -> Any:
            if issubclass(unbound.field_class, StringField):
                options["filters"] = (_strip, *unbound.kwargs.get("filters", ()))
            if not unbound.args and "label" not in unbound.kwargs:
                options["label"] = ""  # Else WTForms makes one up and looks for its translation.
            return unbound.bind(form=form, **options)


def _strip(value: str | None) -> str:
    return (value or "").strip()


class Printable:
    """Refuses control characters, which PostgreSQL cannot store or nobody can read."""

    def __init__(self, *, lines: bool = False) -> None:
        self.lines = lines

    def __call__(self, _form: WTForm, field: Any) -> None:
        text: str = field.data or ""
        if readable(text, lines=self.lines) != text:
            raise StopValidation(gettext("This contains a character that cannot be used."))


def readable(text: str, *, lines: bool = False) -> str:
    """A text without what nobody can read, so that it can be shown again."""
    if text.isprintable():
        return text
    allowed = "\n\r\t" if lines else ""
    return "".join(char for char in text if char in allowed or _readable(char))


def _readable(char: str) -> bool:
    unusable = unicodedata.category(char) in ("Cc", "Cs") or char in TURNS_TEXT_AROUND
    number = ord(char)
    return not (unusable or number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF)  # Never characters.


def whole_number(text: str | None, *, least: int, most: int) -> int:
    """Read an integer of ASCII digits within bounds. Raises ValidationError with a sentence."""
    cleaned = (text or "").strip()
    if not (cleaned.isascii() and cleaned.isdigit() and len(cleaned) <= len(str(MAX_INTEGER))):
        raise ValidationError(gettext("Please enter a whole number."))
    value = int(cleaned)
    if not least <= value <= most:
        raise ValidationError(
            gettext("Please enter a number from %(least)s to %(most)s.", least=least, most=most)
        )
    return value


def init_app(_app: Flask, _settings: Settings) -> None:
    """Nothing to install: forms are plain classes."""
