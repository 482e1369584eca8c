"""A note about a customer."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms.validators import ValidationError

from storefront.accounts.notes import MAX_NOTE
from storefront.platform.fields import Lines, text_area
from storefront.platform.forms import Form


class NoteForm(Form):
    """What staff tell each other."""

    text = text_area(lazy_gettext("New note"), MAX_NOTE)

    def validate_text(self, field: Lines) -> None:
        if not field.data:
            raise ValidationError(_("Please write something."))
