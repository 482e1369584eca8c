"""What the order desk's forms accept."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import StringField
from wtforms.validators import Length, ValidationError

from storefront.checkout.fulfilment import Tracking
from storefront.office.orders.correcting import Correction
from storefront.orders.models import MAX_EMAIL, MAX_NAME, MAX_PHONE, Order
from storefront.orders.notes import MAX_NOTE_OF_STAFF
from storefront.platform.address_forms import AddressForm, BillingForm
from storefront.platform.addresses import Address
from storefront.platform.fields import TOO_LONG, Lines, check_box, needed, text_field
from storefront.platform.forms import Form, Printable
from storefront.shipping.carriers import CARRIERS

MAX_REASON = 200
MAX_NUMBER = 60
MAX_URL = 300
OTHER = "other"
_NOTE: Any = lazy_gettext("Note")
READERS = (("staff", lazy_gettext("Only staff")), ("customer", lazy_gettext("The customer, by mail")))
BRINGERS = (
    ("", lazy_gettext("Not tracked")),
    *((code, carrier.name) for code, carrier in CARRIERS.items()),
    (OTHER, lazy_gettext("Another carrier")),
)


class ChoiceField(StringField):
    """One of several; a form says itself what is wrong with anything else."""

    def __init__(self, label: Any, choices: Sequence[tuple[str, Any]], **how: Any) -> None:
        super().__init__(label, **how)
        self.choices = choices


class NoteForm(Form):
    """A note beside an order."""

    text = Lines(
        _NOTE,
        [
            needed(lazy_gettext("Please write something.")),
            Length(max=MAX_NOTE_OF_STAFF, message=TOO_LONG),
            Printable(lines=True),
        ],
    )
    audience = ChoiceField(lazy_gettext("Who reads it"), READERS, default="staff")

    @property
    def to_customer(self) -> bool:
        return bool(self.audience.data == "customer")


class ReasonForm(Form):
    """Why an order is cancelled; the customer does not read it."""

    reason = text_field(lazy_gettext("Reason"), MAX_REASON, needed(lazy_gettext("Please say why.")))


class ShipmentForm(Form):
    """Who brings a parcel, and its number."""

    carrier = ChoiceField(lazy_gettext("Carrier"), BRINGERS)
    other_carrier = text_field(lazy_gettext("Name of the other carrier"), MAX_NUMBER)
    tracking_number = text_field(lazy_gettext("Tracking number"), MAX_NUMBER)
    tracking_url = text_field(lazy_gettext("Link to follow it"), MAX_URL)

    def validate_carrier(self, field: StringField) -> None:
        if field.data not in ("", None, OTHER, *CARRIERS):
            raise ValidationError(_("Please choose a carrier."))

    def validate_other_carrier(self, field: StringField) -> None:
        if self.carrier.data == OTHER and not field.data:
            raise ValidationError(_("Please name the carrier."))

    def validate_tracking_number(self, field: StringField) -> None:
        if self.carrier.data in CARRIERS and not field.data:
            raise ValidationError(_("Please enter the parcel's number, or choose “Not tracked”."))

    def validate_tracking_url(self, field: StringField) -> None:
        if field.data and not _is_link(field.data):
            raise ValidationError(_("This is not a link, such as https://example.com/parcel/123."))

    def tracking(self) -> Tracking:
        """What was entered; the page of a known carrier is known, too."""
        number, link = self.tracking_number.data or "", self.tracking_url.data or ""
        if known := CARRIERS.get(self.carrier.data or ""):
            return Tracking(known.name, number, link or known.follow(number))
        return Tracking(self.other_carrier.data or "", number, link) if self.carrier.data else Tracking()


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and "." in parts.netloc and " " not in text


class CorrectionForm(Form):
    """Who the customer is and where the goods and the bill go."""

    name = text_field(lazy_gettext("Name"), MAX_NAME, needed(lazy_gettext("Please enter the name.")))
    email = text_field(
        lazy_gettext("E-mail"), MAX_EMAIL, needed(lazy_gettext("Please enter the e-mail address."))
    )
    phone = text_field(lazy_gettext("Telephone"), MAX_PHONE)
    own_bill = check_box(lazy_gettext("The bill goes to another address or to a company"))

    def __init__(self, order: Order, typed: Any = None) -> None:
        facts = {"name": order.name, "email": order.email, "phone": order.phone}
        super().__init__(typed, data=facts | {"own_bill": order.billing_address is not None})
        self.order, self.typed = order, typed

    @cached_property
    def address(self) -> AddressForm:
        return AddressForm(self.typed, prefix="address_", data=self.order.delivery_address)

    @cached_property
    def bill(self) -> BillingForm:
        return BillingForm(self.typed, prefix="bill_", data=self.order.billing_address)

    @property
    def goes_home(self) -> bool:
        return self.order.delivery_address is not None

    @property
    def asked(self) -> list[AddressForm]:
        """The addresses that this order has."""
        return [*([self.address] if self.goes_home else []), *([self.bill] if self.own_bill.data else [])]

    def validate(self, extra_validators: Any = None) -> bool:
        right = super().validate(extra_validators)
        return all([part.validate() for part in self.asked]) and right  # noqa: C419 - each says what is wrong

    def validate_email(self, field: StringField) -> None:
        try:
            field.data = validate_email(field.data or "", check_deliverability=False).normalized
        except EmailNotValidError:
            raise ValidationError(_("This is not an e-mail address, such as name@example.com.")) from None

    def problems(self) -> list[tuple[str, str]]:
        """Every sentence about what is wrong, with the id of its field."""
        entries = [entry for form in (self, *self.asked) for entry in form]
        return [(entry.id, sentence) for entry in entries for sentence in entry.errors]

    def correction(self) -> Correction:
        """What a valid form says."""
        name = self.name.data or ""
        home: Address | None = self.address.address(name) if self.goes_home else None
        return Correction(
            name=name,
            email=self.email.data or "",
            phone=self.phone.data or "",
            delivery_address=home.stored() if home else None,
            billing_address=self.bill.bill().stored() if self.own_bill.data else None,
        )
