"""Where something goes and who is billed: the parts of an address that its country asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from stdnum.eu import vat
from stdnum.exceptions import InvalidComponent
from stdnum.exceptions import ValidationError as WrongNumber
from wtforms import StringField
from wtforms.validators import StopValidation, ValidationError

from storefront.platform import i18n
from storefront.platform.addresses import MAX_PART, Address, Format, countries, format_of, wrong_parts
from storefront.platform.fields import text_field
from storefront.platform.forms import Form

MAX_NAME, MAX_VAT_ID = 100, 30
PARTS = ("street", "postal_code", "city", "area")


def called(part: str, kind: str) -> str:
    """What people in a country call a part of their address."""
    words = {
        "street": _("Street and number"),
        "postal_code": _("Postal code"),
        "zip": _("ZIP code"),
        "eircode": _("Eircode"),
        "pin": _("PIN code"),
        "city": _("Town or city"),
        "district": _("District"),
        "post_town": _("Post town"),
        "suburb": _("Suburb"),
        "area": _("Region"),
        "state": _("State"),
        "province": _("Province"),
        "county": _("County"),
        "prefecture": _("Prefecture"),
        "emirate": _("Emirate"),
        "island": _("Island"),
        "parish": _("Parish"),
        "department": _("Department"),
    }
    return words.get(kind) or words[part]


def missing(part: str) -> str:
    """What to say when a part is needed and was left empty."""
    return {
        "street": _("Please tell us the street and number."),
        "postal_code": _("Please tell us the postal code."),
        "city": _("Please tell us the town or city."),
        "area": _("Please tell us the region."),
    }[part]


@dataclass(frozen=True, slots=True)
class Countries:
    """The countries to choose from, the one that is chosen, and what it asks for."""

    named: tuple[tuple[str, str], ...]
    chosen: str
    format: Format

    def label(self, part: str) -> str:
        return called(part, self.format.kinds.get(part, ""))


class AddressForm(Form):
    """A postal address; which parts are asked and needed is a matter of the country."""

    country = text_field(lazy_gettext("Country"), 2)
    street = text_field(None, MAX_PART)
    postal_code = text_field(None, MAX_PART)
    city = text_field(None, MAX_PART)
    area = text_field(None, MAX_PART)

    def among(self, codes: Sequence[str], default: str) -> Countries:
        """The countries offered; one that is not among them gives way to the default, or to the first."""
        chosen = next(code for code in (self.country.data or "", default, *codes) if code in codes)
        return Countries(i18n.countries(codes), chosen, format_of(chosen))

    @property
    def format(self) -> Format:
        """How the chosen country writes addresses."""
        return format_of(self.country.data or "")

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        known = not self.country.errors
        for part in PARTS:
            if not known or part not in self.format.asked:  # It is not on the page, nor in the address.
                self[part].errors = []
        for part, why in wrong_parts(self.address("")).items() if known else ():
            self[part].errors = [missing(part) if why == "required" else self._doubt(part)]
        return not any(entry.errors for entry in self)

    def validate_country(self, field: StringField) -> None:
        field.data = (field.data or "").upper()
        if field.data not in countries():
            raise StopValidation(_("Please choose a country."))

    def address(self, name: str) -> Address:
        """The parts that the country asks for."""
        parts = {part: self[part].data for part in self.format.asked}
        return Address(country=self.country.data or "", name=name, **parts)

    def _doubt(self, part: str) -> str:
        country = i18n.country(self.country.data or "")
        label = called(part, self.format.kinds.get(part, ""))
        return _("%(part)s: there is no such one in %(country)s.", part=label, country=country)


class BillingForm(AddressForm):
    """Who is billed: a person, a company, or both."""

    name = text_field(lazy_gettext("Name on the bill"), MAX_NAME)
    company = text_field(lazy_gettext("Company"), MAX_PART)
    vat_id = text_field(lazy_gettext("VAT number"), MAX_VAT_ID)

    def validate_name(self, field: StringField) -> None:
        if not field.data and not self.company.data:
            raise ValidationError(_("Please tell us the name or the company on the bill."))

    def validate_vat_id(self, field: StringField) -> None:
        """Digits are checked, nobody is asked; numbers from outside the EU pass as they are."""
        if not field.data:
            return
        try:
            field.data = vat.validate(field.data)
        except InvalidComponent:
            return
        except WrongNumber:
            raise ValidationError(
                _("This VAT number cannot be right. It begins with letters, such as DE123456789.")
            ) from None

    def bill(self) -> Address:
        """The whole billing address."""
        found = self.address(self.name.data or "")
        return Address(**found.stored() | {"company": self.company.data, "vat_id": self.vat_id.data})
