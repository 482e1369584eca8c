"""What the form of a content page accepts; limits come from where pages are written."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import HiddenField
from wtforms.validators import ValidationError

from storefront.platform.fields import needed, text_area, text_field
from storefront.platform.forms import Form
from storefront.platform.i18n import gettext as _
from storefront.shop.writing import MAX_BODY, MAX_NAME, MAX_SUMMARY, MAX_TITLE, NAME

NEEDED: Any = lazy_gettext("Please write something here.")


class PageForm(Form):
    """A page's address, title, summary and text."""

    version = HiddenField()
    name = text_field(lazy_gettext("Address"), MAX_NAME, needed(NEEDED))
    title = text_field(lazy_gettext("Title"), MAX_TITLE, needed(NEEDED))
    summary = text_field(lazy_gettext("In one sentence"), MAX_SUMMARY, needed(NEEDED))
    body = text_area(lazy_gettext("Text"), MAX_BODY)

    def validate_name(self, field: Any) -> None:
        if not NAME.fullmatch(field.data or ""):
            raise ValidationError(_("Small letters, digits and hyphens, such as our-story."))

    def validate_body(self, field: Any) -> None:
        if not (field.data or "").strip():
            raise ValidationError(str(NEEDED))

    def text(self) -> str:
        """The text, its lines ended as they are kept."""
        return (self.body.data or "").replace("\r\n", "\n").replace("\r", "\n")

    def seen(self) -> int:
        """Which version the form was made of."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
