"""What the form of a sale accepts: how much less, or a price for each choice, and for how long."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext
from wtforms import StringField
from wtforms.validators import ValidationError

from storefront.catalog.product_forms import moment_in, version_of
from storefront.catalog.scheduling.actions import PlanSale
from storefront.platform import clock
from storefront.platform.amounts import amount_in
from storefront.platform.fields import text_field
from storefront.platform.forms import Form, readable
from storefront.platform.i18n import gettext as _
from storefront.platform.money import half_up

FROM: Any = lazy_gettext("From")
UNTIL: Any = lazy_gettext("Until")
PERCENT: Any = lazy_gettext("Per cent less")


class SaleForm(Form):
    """A sale of all choices by so many per cent, or of each at a price of its own."""

    percent = text_field(PERCENT, 6)
    starts_at = StringField(FROM)
    ends_at = StringField(UNTIL)

    def __init__(self, typed: Any, *, zone: str, currency: str, usual: Mapping[int, int]) -> None:
        self.zone, self.currency, self.usual = ZoneInfo(zone), currency, usual
        self.typed: Mapping[str, str] = typed or {}
        self.wrong: dict[int, str] = {}
        super().__init__(typed)

    def amount(self, variant_id: int) -> str:
        """What was typed for a choice."""
        return readable(self.typed.get(f"amount-{variant_id}", "").strip())[:20]

    def validate_percent(self, field: Any) -> None:
        if field.data and self._share() is None:
            raise ValidationError(_("Please write a number from 1 to 99."))

    def validate_starts_at(self, field: Any) -> None:
        if field.data and moment_in(field.data, self.zone) is None:
            raise ValidationError(_("Please write a date and a time."))

    def validate_ends_at(self, field: Any) -> None:
        self.validate_starts_at(field)

    def validate(self, extra_validators: Any = None) -> bool:
        right = super().validate(extra_validators)
        for variant_id in self.usual:
            if typed := self.amount(variant_id):
                try:
                    amount_in(typed, self.currency)
                except ValidationError as error:
                    self.wrong[variant_id] = str(error)
        return right and not self.wrong

    def wish(self) -> PlanSale:
        """What is planned; a price of its own goes before the share of all."""
        amounts = {}
        share = self._share()
        for variant_id, usual in self.usual.items():
            if typed := self.amount(variant_id):
                amounts[variant_id] = amount_in(typed, self.currency)
            elif share is not None:
                amounts[variant_id] = half_up(usual * (1 - share / 100))
        starts_at: datetime = moment_in(self.starts_at.data or "", self.zone) or clock.now()
        ends_at = moment_in(self.ends_at.data or "", self.zone)
        return PlanSale(version_of(self.typed.get("version")), starts_at, ends_at, amounts)

    def _share(self) -> Decimal | None:
        try:
            share = Decimal((self.percent.data or "").replace(",", "."))
        except InvalidOperation:
            return None
        return share if share.is_finite() and 0 < share < 100 else None
