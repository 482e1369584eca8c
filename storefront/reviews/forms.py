"""What the forms for reviews accept; limits come from the table."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Length

from storefront.platform.forms import Form, Printable, readable
from storefront.platform.i18n import gettext as _
from storefront.reviews.actions import Opinion
from storefront.reviews.models import MAX_AUTHOR, MAX_REASON, MAX_TEXT, MAX_TITLE, MIN_TEXT, MOST_STARS

TOO_LONG: Any = lazy_gettext("Please use at most %(max)d characters.")
TOO_SHORT: Any = lazy_gettext("Please write at least %(min)d characters.")
STARS = tuple(map(str, range(MOST_STARS, 0, -1)))


class _Line(StringField):
    """One line, shown again without what could not be read."""

    def _value(self) -> str:
        return readable(self.data or "")


class _Lines(TextAreaField):
    """Several lines, each ended as the table counts it: browsers send two characters for one."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = (self.data or "").replace("\r\n", "\n").replace("\r", "\n")

    def _value(self) -> str:
        return readable(self.data or "", lines=True)


def _needed(sentence: Any) -> DataRequired:
    return DataRequired(message=sentence)


class ReviewForm(Form):
    """Stars, a title, some sentences, and the name they are shown with."""

    rating = _Line(
        lazy_gettext("Your rating"),
        [
            _needed(lazy_gettext("Please choose from one to five stars.")),
            AnyOf(STARS, message=lazy_gettext("Please choose from one to five stars.")),
        ],
    )
    title = _Line(
        lazy_gettext("Title"),
        [
            _needed(lazy_gettext("Please give your review a title.")),
            Length(max=MAX_TITLE, message=TOO_LONG),
            Printable(),
        ],
    )
    text = _Lines(
        lazy_gettext("Your review"),
        [
            _needed(lazy_gettext("Please write what you think of it.")),
            Length(min=MIN_TEXT, message=TOO_SHORT),
            Length(max=MAX_TEXT, message=TOO_LONG),
            Printable(lines=True),
        ],
    )
    author = _Line(
        lazy_gettext("Name shown with your review"), [Length(max=MAX_AUTHOR, message=TOO_LONG), Printable()]
    )

    def opinion(self, otherwise: str) -> Opinion:
        """What was typed; without a name it is shown with another one."""
        name = self.author.data or otherwise
        return Opinion(int(self.rating.data or 0), self.title.data or "", self.text.data or "", name)


class RejectionForm(Form):
    """Why a review is not shown, for its author to read."""

    version = IntegerField()
    reason = _Line(
        lazy_gettext("Reason, for its author to read"),
        [
            _needed(lazy_gettext("Please say why, so that its author can write a better one.")),
            Length(max=MAX_REASON, message=TOO_LONG),
            Printable(),
        ],
    )


def public_name(name: str) -> str:
    """What others see of a name unless its owner wishes otherwise: "Ada L."."""
    first, *_middle, last = [*name.split(), ""] if len(name.split()) < 2 else name.split()
    shown = f"{first} {last[0]}." if last else first
    return shown[:MAX_AUTHOR] or _("A customer")
