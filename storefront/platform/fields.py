"""The fields that forms are made of; labels and sentences are translated when shown."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from storefront.platform.forms import Printable, readable

TOO_LONG: Any = lazy_gettext("Please use at most %(max)d characters.")


class Line(StringField):
    """A text that is shown again without what could not be read."""

    def _value(self) -> str:
        return readable(self.data or "")


class Lines(TextAreaField):
    """Several lines, shown again in the same way."""

    def _value(self) -> str:
        return readable(self.data or "", lines=True)


def text_field(label: Any, most: int, *validators: Any) -> Line:
    """One line of readable text."""
    return Line(label, [*validators, Length(max=most, message=TOO_LONG), Printable()])


def text_area(label: Any, most: int) -> Lines:
    """Several lines of readable text."""
    return Lines(label, [Length(max=most, message=TOO_LONG), Printable(lines=True)])


def check_box(label: Any) -> BooleanField:
    """Yes or no."""
    return BooleanField(label)


def needed(sentence: Any) -> DataRequired:
    """Refuses emptiness with a sentence."""
    return DataRequired(message=sentence)
