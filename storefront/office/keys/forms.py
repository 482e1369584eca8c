"""What the form for a new key may say."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from storefront.platform.forms import Form, Printable
from storefront.platform.keys.models import MAX_NAME

NAME: Any = lazy_gettext("Name")
MAY: Any = lazy_gettext("What it may do")
NEEDED: Any = lazy_gettext("Please give the key a name.")
TOO_LONG: Any = lazy_gettext("Please use at most %(max)d characters.")
ENDS: Any = lazy_gettext("Last day")


class KeyForm(Form):
    """A name, what the key may do, and when it ends."""

    name = StringField(
        NAME,
        [
            DataRequired(message=NEEDED),
            Length(max=MAX_NAME, message=TOO_LONG),
            Printable(),
        ],
    )
    scopes = SelectMultipleField(MAY)
    ends_on = StringField(ENDS)

    def __init__(self, typed: Any = None, *, known: list[str], zone: str) -> None:
        super().__init__(typed)
        self.known = known
        self.scopes.choices = [(scope, scope) for scope in known]
        self.zone = zone
        self.expires_at: datetime | None = None

    def validate_scopes(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Please choose at least one thing that the key may do."))

    def validate_ends_on(self, field: StringField) -> None:
        if not field.data:
            return
        try:
            day = datetime.fromisoformat(field.data).date()
            midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(self.zone))
            self.expires_at = midnight.astimezone(UTC)
        except (ValueError, OverflowError):
            raise ValidationError(_("Please write a day, such as 2027-01-31.")) from None
