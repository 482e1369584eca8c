"""What the forms about accounts accept."""

from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import get_locale, lazy_gettext
from flask_babel import gettext as _
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import ValidationError

from storefront.accounts import passwords
from storefront.accounts.actions import SignUp
from storefront.accounts.models import MAX_EMAIL, MAX_NAME, MAX_PHONE
from storefront.platform import http
from storefront.platform.address_forms import BillingForm
from storefront.platform.addresses import Address
from storefront.platform.fields import Line, check_box, needed, text_field
from storefront.platform.forms import Form

LONGEST_CODE = 60


class Secret(StringField):
    """What is typed unseen, as it is typed, and never sent back."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = str(valuelist[0]) if valuelist else ""

    def _value(self) -> str:
        return ""


def secret(label: Any, *validators: Any) -> Secret:
    return Secret(label, [*validators])


def email_field() -> Line:
    return text_field(
        lazy_gettext("E-mail"), MAX_EMAIL, needed(lazy_gettext("Please tell us your e-mail address."))
    )


class WithNext(Form):
    """A form that leads on to where somebody wanted to go."""

    next = HiddenField()

    @property
    def onward(self) -> str:
        """A path of ours, or nothing."""
        return http.local(self.next.data)


class SignInForm(WithNext):
    """Who comes in."""

    email = email_field()
    password = secret(lazy_gettext("Password"), needed(lazy_gettext("Please enter your password.")))


class PasswordForm(WithNext):
    """The password once more."""

    password = secret(lazy_gettext("Password"), needed(lazy_gettext("Please enter your password.")))


class CodeForm(WithNext):
    """A code of the second factor; `secret` holds what is being set up, encrypted."""

    code = text_field(lazy_gettext("Code"), LONGEST_CODE, needed(lazy_gettext("Please enter the code.")))
    secret = HiddenField()


class _Chosen(Form):
    """A password that is being chosen."""

    new_password = secret(lazy_gettext("New password"))

    def validate_new_password(self, field: StringField) -> None:
        if wrong := passwords.objection(field.data or ""):
            raise ValidationError(wrong)


class NewPasswordForm(_Chosen):
    """Another password, by the link of a letter."""


class ChangePasswordForm(_Chosen):
    """Another password, of somebody who is signed in."""

    password = secret(lazy_gettext("Current password"), needed(lazy_gettext("Please enter your password.")))


class _WithEmail(Form):
    email = email_field()

    def validate_email(self, field: StringField) -> None:
        if field.errors:
            return
        try:
            field.data = validate_email(field.data or "", check_deliverability=False).normalized
        except EmailNotValidError:
            raise ValidationError(_("This is not an e-mail address, such as name@example.com.")) from None


class EmailForm(_WithEmail):
    """An address of mail: that of whoever forgot the password, or a new one."""


class DetailsForm(Form):
    """What somebody is called."""

    name = text_field(lazy_gettext("Name"), MAX_NAME, needed(lazy_gettext("Please tell us your name.")))
    phone = text_field(lazy_gettext("Telephone"), MAX_PHONE)

    def validate_phone(self, field: StringField) -> None:
        if field.data and sum(char.isdecimal() for char in field.data) < 5:
            raise ValidationError(_("This is not a telephone number. It may also be left empty."))


class SignUpForm(_WithEmail, DetailsForm):
    """Who wants an account."""

    password = secret(lazy_gettext("Password"))

    def validate_password(self, field: StringField) -> None:
        if wrong := passwords.objection(field.data or ""):
            raise ValidationError(wrong)

    def wish(self) -> SignUp:
        """What a valid form asks for."""
        return SignUp(
            name=self.name.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            password=self.password.data or "",
            locale=str(get_locale() or "en"),
        )


class BookForm(BillingForm):
    """One page of an address book."""

    name = text_field(lazy_gettext("Name"), MAX_NAME)
    for_delivery: BooleanField = check_box(lazy_gettext("Deliver here unless I say otherwise"))
    for_billing: BooleanField = check_box(lazy_gettext("Bill to this address unless I say otherwise"))

    def letter(self) -> Address:
        """The address that a valid form holds."""
        return self.bill()
