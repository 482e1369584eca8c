"""What the checkout form accepts, and the order it asks for."""

import re
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from email_validator import EmailNotValidError, validate_email
from flask_babel import get_locale, lazy_gettext
from flask_babel import gettext as _
from wtforms import HiddenField, StringField
from wtforms.validators import ValidationError

from storefront.checkout import typos
from storefront.checkout.selling import OrderRequest
from storefront.orders.models import MAX_EMAIL, MAX_NAME, MAX_NOTE, MAX_PHONE
from storefront.payments.methods import METHODS as PAYMENTS
from storefront.platform.address_forms import AddressForm, BillingForm
from storefront.platform.fields import Line, check_box, needed, text_area, text_field
from storefront.platform.forms import Form
from storefront.platform.money import Money
from storefront.shipping.methods import METHODS as DELIVERIES

TOTAL = re.compile(r"([A-Z]{3}) ([0-9]{1,16})")
CART = re.compile(r"[0-9]{1,18}", re.ASCII)
NOT_WHOLE = lazy_gettext("This page was not whole when it was sent. Please press the button again.")


class CheckoutForm(Form):
    """One page: who buys, how the goods leave, who is billed, and how it is paid."""

    key = HiddenField()
    """Made once for each page shown, so that sending it twice is buying once."""
    cart = HiddenField()
    total_seen = HiddenField()
    """Such as "EUR 4800": what the button said."""
    name = text_field(lazy_gettext("Name"), MAX_NAME, needed(lazy_gettext("Please tell us your name.")))
    email = text_field(
        lazy_gettext("E-mail"), MAX_EMAIL, needed(lazy_gettext("Please tell us your e-mail address."))
    )
    email_meant = Line()
    """The answer to "did you mean": the address that is right."""
    phone = text_field(lazy_gettext("Telephone"), MAX_PHONE)
    delivery = StringField()
    note = text_area(lazy_gettext("Note to the shop"), MAX_NOTE)
    own_bill = check_box(lazy_gettext("The bill goes to another address or to a company"))
    payment = StringField()

    def __init__(self, typed: Any = None, home: Any = None, bill: Any = None, **chosen: Any) -> None:
        """What was typed; else what is known: the customer, `home` and `bill` from their address book."""
        super().__init__(typed, data=chosen)
        self.typed, self.known = typed, (home or {}, bill or {})
        self.better_email: str | None = None

    @cached_property
    def address(self) -> AddressForm:
        return AddressForm(self.typed, prefix="address_", data=self.known[0])

    @cached_property
    def bill(self) -> BillingForm:
        return BillingForm(self.typed, prefix="bill_", data=self.known[1])

    @property
    def goes_home(self) -> bool:
        """Whether the goods are brought to an address."""
        way = DELIVERIES.get(self.delivery.data or "")
        return way is not None and way.needs_address

    @property
    def asked(self) -> list[AddressForm]:
        """The addresses that this order needs."""
        needed = [self.address] if self.goes_home else []
        return [*needed, self.bill] if self.own_bill.data else needed

    def validate(self, extra_validators: Any = None) -> bool:
        right = super().validate(extra_validators)
        return all([part.validate() for part in self.asked]) and right  # noqa: C419 - each says what is wrong

    def validate_key(self, field: HiddenField) -> None:
        try:
            self.one_time_key = UUID(field.data or "")
        except ValueError:
            raise ValidationError(str(NOT_WHOLE)) from None

    def validate_total_seen(self, field: HiddenField) -> None:
        found = TOTAL.fullmatch(field.data or "")
        if found is None:
            raise ValidationError(str(NOT_WHOLE))
        self.total = Money(int(found[2]), found[1])

    def validate_email(self, field: StringField) -> None:
        if field.errors:
            return
        try:
            field.data = validate_email(field.data or "", check_deliverability=False).normalized
        except EmailNotValidError:
            raise ValidationError(_("This is not an e-mail address, such as name@example.com.")) from None
        better = typos.meant(field.data)
        if better is not None and self.email_meant.data not in (field.data, better):
            self.better_email = better
            raise ValidationError(_("Did you mean %(email)s?", email=better))
        if better is not None:
            field.data = self.email_meant.data

    def validate_phone(self, field: StringField) -> None:
        if field.data and sum(char.isdecimal() for char in field.data) < 5:
            raise ValidationError(_("This is not a telephone number. It may also be left empty."))

    def validate_delivery(self, field: StringField) -> None:
        if field.data not in DELIVERIES:
            raise ValidationError(_("Please choose how you get your goods."))

    def validate_payment(self, field: StringField) -> None:
        way = PAYMENTS.get(field.data or "")
        if way is None:
            raise ValidationError(_("Please choose how you pay."))
        if self.delivery.data in DELIVERIES and self.delivery.data not in way.deliveries:
            raise ValidationError(_("This way of payment does not go with this way of delivery."))

    @property
    def key_shown(self) -> UUID:
        """The key that came, as long as it is one; so whatever went wrong, nothing is ordered twice."""
        try:
            return UUID(self.key.data or "")
        except ValueError:
            return uuid4()

    def problems(self) -> list[tuple[str, str]]:
        """Every sentence about what is wrong, once, with the id of its field (or nothing)."""
        entries = [entry for form in (self, *self.asked) for entry in form]
        found = [
            ("" if isinstance(entry, HiddenField) else entry.id, sentence)
            for entry in entries
            for sentence in entry.errors
        ]
        return list(dict.fromkeys(found))

    def request(self) -> OrderRequest:
        """The order that a valid form asks for."""
        name = self.name.data or ""
        return OrderRequest(
            key=self.one_time_key,
            total_seen=self.total,
            name=name,
            email=self.email.data or "",
            phone=self.phone.data or "",
            note=(self.note.data or "").replace("\r\n", "\n"),
            delivery=self.delivery.data or "",
            delivery_address=self.address.address(name) if self.goes_home else None,
            billing_address=self.bill.bill() if self.own_bill.data else None,
            payment=self.payment.data or "",
            locale=str(get_locale() or "en"),
            cart_seen=int(found[0]) if (found := CART.fullmatch(self.cart.data or "")) else None,
        )
