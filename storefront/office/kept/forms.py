"""What may be forgotten."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms.validators import ValidationError

from storefront.platform.fields import Line, text_field
from storefront.platform.forms import Form

TAG = re.compile(r"(shop|shelves|catalog|obtainable|(category|product):[1-9][0-9]{0,17})")
"""As docs/architecture.md lists them."""


class TagForm(Form):
    """What the pages tell of."""

    tag = text_field(lazy_gettext("Tag"), 60)

    def validate_tag(self, field: Line) -> None:
        if not TAG.fullmatch(field.data or ""):
            raise ValidationError(_("Write a tag such as product:7, category:3, catalog or shop."))
