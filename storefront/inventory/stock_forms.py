"""What the forms about units accept."""

from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext
from wtforms import HiddenField, SelectField
from wtforms.validators import ValidationError

from storefront.inventory.actions import MAX_NOTE, MAX_UNITS, Adjust, CountShelf
from storefront.platform.fields import needed, text_field
from storefront.platform.forms import MAX_INTEGER, Form, readable, whole_number
from storefront.platform.i18n import gettext as _

REASONS: dict[str, Any] = {
    "adjustment": lazy_gettext("Found different"),
    "write_off": lazy_gettext("Broken or lost"),
    "delivery": lazy_gettext("Delivered"),
    "count": lazy_gettext("Counted"),
    "import": lazy_gettext("Imported from a file"),
    "sale": lazy_gettext("Sold"),
    "return": lazy_gettext("Came back"),
}
BY_HAND = ("adjustment", "write_off", "delivery")
MAX_ROWS = 100
_WHY: Any = lazy_gettext("Why")


class AdjustForm(Form):
    """So many more or fewer, and why."""

    difference = text_field(
        lazy_gettext("How many more, or fewer"), 12, needed(lazy_gettext("Please say how many."))
    )
    reason = SelectField(_WHY)
    note = text_field(lazy_gettext("Note"), MAX_NOTE)

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed)
        self.reason.flags.required = True
        self.reason.choices = [(name, REASONS[name]) for name in BY_HAND]

    def validate_difference(self, field: Any) -> None:
        if _signed(field.data) == 0:
            raise ValidationError(_("Please say how many more, or how many fewer."))

    def wish(self) -> Adjust:
        """The change."""
        return Adjust(_signed(self.difference.data), self.reason.data, self.note.data or "")


class CountForm(Form):
    """What was counted, and what the page said before."""

    seen = HiddenField()
    back = HiddenField()
    counted = text_field(
        lazy_gettext("Counted"), 12, needed(lazy_gettext("Please say how many you counted."))
    )
    note = text_field(lazy_gettext("Note"), MAX_NOTE)

    def validate_counted(self, field: Any) -> None:
        whole_number(field.data, least=0, most=MAX_UNITS)

    def wish(self) -> CountShelf:
        """The count; what no page ever said is seen by nobody."""
        seen = self.seen.data or ""
        known = seen.isascii() and seen.isdigit() and len(seen) < 12
        return CountShelf(int(seen) if known else -1, int(self.counted.data or 0), self.note.data or "")


class LowForm(Form):
    """From how many on staff are told."""

    low_at = text_field(lazy_gettext("Tell us when so many or fewer are left"), 12)

    def validate_low_at(self, field: Any) -> None:
        if field.data:
            whole_number(field.data, least=0, most=MAX_UNITS)

    def number(self) -> int | None:
        """None for the shop's own."""
        return int(self.low_at.data) if self.low_at.data else None


@dataclass(slots=True)
class DeliveryRow:
    """One thing that came: as it was typed, and what is wrong with it."""

    sku: str = ""
    units: str = ""
    wrong: dict[str, str] = field(default_factory=dict)


def delivery_rows(skus: list[str], units: list[str]) -> list[DeliveryRow]:
    """The rows of a delivery as they were typed, blank ones left out."""
    pairs = zip(skus, [*units, *[""] * len(skus)], strict=False)
    rows = [DeliveryRow(readable(sku).strip()[:100], readable(some).strip()[:12]) for sku, some in pairs]
    return [row for row in rows if row.sku or row.units][:MAX_ROWS]


def units_of(rows: list[DeliveryRow], known: dict[str, int]) -> dict[int, int]:
    """How many of each variant came; rows of the same thing are added, and what is wrong is noted."""
    found: dict[int, int] = {}
    for row in rows:
        if row.sku not in known:
            row.wrong["sku"] = _("Nothing that is counted has this SKU.")
        try:
            number = whole_number(row.units, least=1, most=MAX_UNITS)
        except ValidationError as error:
            row.wrong["units"] = str(error)
            continue
        if row.sku in known:
            found[known[row.sku]] = found.get(known[row.sku], 0) + number
    return found


def _signed(typed: str | None) -> int:
    """Raises ValidationError for what is no whole number."""
    text = (typed or "").strip().replace("\N{MINUS SIGN}", "-")
    number = whole_number(text.removeprefix("-").removeprefix("+"), least=0, most=min(MAX_UNITS, MAX_INTEGER))
    return -number if text.startswith("-") else number
