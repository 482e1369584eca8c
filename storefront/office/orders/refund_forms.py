"""The form that takes down how money went back."""

from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import HiddenField, StringField
from wtforms.validators import ValidationError

from storefront.office.orders.forms import MAX_REASON, ChoiceField
from storefront.office.orders.tidings import REFUND_WAYS
from storefront.payments.models import Payment
from storefront.payments.refunds.actions import RefundRequest
from storefront.payments.refunds.models import MAX_REFERENCE
from storefront.platform.fields import needed, text_field
from storefront.platform.forms import Form
from storefront.platform.money import Money

LIKE_PAID = {"bank_transfer": "bank_transfer", "card_at_counter": "card"}
AMOUNT = 20  # characters


class RefundForm(Form):
    """How much, in which way, and what finds it again."""

    key = HiddenField()
    amount = text_field(lazy_gettext("Amount"), AMOUNT, needed(lazy_gettext("Please enter the amount.")))
    method = ChoiceField(
        lazy_gettext("How it went back"),
        tuple(REFUND_WAYS.items()),
        validators=[needed(lazy_gettext("Please choose how it went back."))],
    )
    reference = text_field(lazy_gettext("Reference"), MAX_REFERENCE)
    reason = text_field(lazy_gettext("Reason"), MAX_REASON)

    def __init__(self, payment: Payment, typed: Any = None) -> None:
        owed = Money(payment.to_refund, payment.currency)
        first = {"amount": str(owed.decimal), "method": LIKE_PAID.get(payment.method, "cash")}
        super().__init__(typed, data=first | {"key": str(uuid4())})
        self.payment = payment

    def validate_key(self, field: HiddenField) -> None:
        try:
            self.one_time_key = UUID(field.data or "")
        except ValueError:
            raise ValidationError(
                _("This page was not whole when it was sent. Please press the button again.")
            ) from None

    def validate_amount(self, field: StringField) -> None:
        """A comma is what many write for a point."""
        try:
            self.money = Money.parse((field.data or "").replace(",", "."), self.payment.currency)
        except ValueError:
            raise ValidationError(_("Please enter an amount such as 12.50.")) from None
        most = Money(self.payment.captured - self.payment.refunded, self.payment.currency)
        if not 0 < self.money.amount <= most.amount:
            raise ValidationError(
                _("Please enter more than nothing and at most %(most)s.", most=most.format())
            )
        if self.money.amount > self.payment.to_refund and not self.reason.data:
            raise ValidationError(_("This is more than is owed: please say why below."))

    def validate_method(self, field: StringField) -> None:
        if field.data not in REFUND_WAYS:
            raise ValidationError(_("Please choose how it went back."))

    def validate_reference(self, field: StringField) -> None:
        if self.method.data != "cash" and not field.data:
            raise ValidationError(_("Please enter what finds it again, such as the number of the transfer."))

    def problems(self) -> list[tuple[str, str]]:
        """Every sentence about what is wrong, with the id of its field (or nothing, where nobody sees it)."""
        return [
            ("" if isinstance(entry, HiddenField) else entry.id, sentence)
            for entry in self
            for sentence in entry.errors
        ]

    def wish(self) -> RefundRequest:
        """What a valid form says."""
        return RefundRequest(
            amount=self.money,
            method=self.method.data or "",
            reference=self.reference.data or "",
            reason=self.reason.data or "",
            key=self.one_time_key,
        )
