"""How prices are to change, as somebody types it."""

from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import lazy_gettext
from wtforms import SelectField
from wtforms.validators import ValidationError

from storefront.catalog.bulk.repricing import MAX_PERCENT, Repricing
from storefront.platform.amounts import amount_in
from storefront.platform.fields import check_box, text_field
from storefront.platform.forms import Form
from storefront.platform.i18n import gettext as _

WAYS: dict[str, Any] = {"up": lazy_gettext("Up"), "down": lazy_gettext("Down")}
UNITS: dict[str, Any] = {"percent": lazy_gettext("per cent"), "amount": lazy_gettext("in money")}
STEPS: dict[str, Any] = {
    "1": lazy_gettext("Do not round"),
    "5": lazy_gettext("To the next 5"),
    "10": lazy_gettext("To the next 10"),
    "100": lazy_gettext("To the next 100"),
}
_WAY: Any = lazy_gettext("Up or down")
_UNIT: Any = lazy_gettext("Counted")
_STEP: Any = lazy_gettext("Round, in the smallest coins")


class RepricingForm(Form):
    """Up or down, by how much, and rounded to what."""

    way = SelectField(_WAY)
    much = text_field(lazy_gettext("By how much"), 20)
    unit = SelectField(_UNIT)
    step = SelectField(_STEP)
    keep_before = check_box(lazy_gettext("Show the old price struck through where the new one is lower"))

    def __init__(self, typed: Any = None, *, currency: str) -> None:
        self.currency = currency
        super().__init__(typed, data={"way": "down", "unit": "percent", "step": "1"})
        self.much.flags.required = True
        for field, words in ((self.way, WAYS), (self.unit, UNITS), (self.step, STEPS)):
            field.choices, field.flags.required = list(words.items()), True

    def validate_much(self, field: Any) -> None:
        if self.unit.data == "amount":
            amount_in(field.data, self.currency)
        elif self._percent() is None:
            raise ValidationError(_("Please write a number such as 10 or 12.5."))

    def wish(self) -> Repricing:
        """What is to become of prices."""
        sign = -1 if self.way.data == "down" else 1
        more: dict[str, Any] = {"step": int(self.step.data), "keep_before": bool(self.keep_before.data)}
        if self.unit.data == "amount":
            return Repricing(amount=sign * amount_in(self.much.data, self.currency), **more)
        return Repricing(percent=sign * (self._percent() or Decimal(0)), **more)

    def _percent(self) -> Decimal | None:
        try:
            percent = Decimal((self.much.data or "").replace(",", "."))
        except InvalidOperation:
            return None
        return percent if percent.is_finite() and 0 < percent <= MAX_PERCENT else None
