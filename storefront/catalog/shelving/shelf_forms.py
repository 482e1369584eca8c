"""What the form of a shelf accepts."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext
from wtforms import SelectField

from storefront.catalog.models import MAX_DESCRIPTION, MAX_SLUG, MAX_TITLE
from storefront.catalog.product_forms import lines_of
from storefront.catalog.shelving.actions import ShelfFacts
from storefront.catalog.shelving.listing import Branch
from storefront.platform.errors import Refusal
from storefront.platform.fields import needed, text_area, text_field
from storefront.platform.forms import Form
from storefront.platform.i18n import gettext as _

_PARENT: Any = lazy_gettext("Stands on")


class ShelfForm(Form):
    """What a shelf is called, says, and stands on."""

    title = text_field(lazy_gettext("Name"), MAX_TITLE, needed(lazy_gettext("Please give it a name.")))
    slug = text_field(lazy_gettext("Address"), MAX_SLUG)
    description = text_area(lazy_gettext("Description"), MAX_DESCRIPTION)
    parent = SelectField(_PARENT, validate_choice=False)

    def __init__(
        self,
        typed: Any = None,
        *,
        parents: Sequence[Branch],
        facts: ShelfFacts | None = None,
        parent_id: int | None = None,
    ) -> None:
        shown = asdict(facts) if facts else {}
        super().__init__(typed, data=shown | {"parent": str(parent_id or "")})
        self.parent.choices = [
            ("", _("Nothing, it is on top")),
            *((str(one.id), one.path) for one in parents),
        ]

    def facts(self) -> ShelfFacts:
        """What it is to be."""
        words = lines_of(self.description.data or "")
        return ShelfFacts(self.title.data or "", self.slug.data or "", words)

    def parent_id(self) -> int | None:
        """What it is to stand on; nothing for what is none."""
        text = self.parent.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None

    def blame(self, refusal: Refusal) -> int:
        """Put a refusal beside the field that it is about; returns the status of the answer."""
        entry = self._fields.get(getattr(refusal, "field", "title"), self.title)
        entry.errors = [*entry.errors, refusal.message()]
        return refusal.status
