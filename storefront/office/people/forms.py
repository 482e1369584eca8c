"""Who is invited, and what somebody may do."""

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import Field
from wtforms.validators import ValidationError

from storefront.accounts.models import MAX_EMAIL, MAX_NAME
from storefront.platform.fields import Line, needed, text_field
from storefront.platform.forms import Form
from storefront.platform.security import ROLES

LABELS = {
    "owner": (lazy_gettext("Owner"), lazy_gettext("Everything, with settings and staff.")),
    "catalogue": (lazy_gettext("Catalogue"), lazy_gettext("Products, shelves, stock, pages and reviews.")),
    "orders": (lazy_gettext("Orders"), lazy_gettext("Orders, customers, parcels and refunds.")),
}
"""What each role is called, and what it is for."""


class Ticks(Field):
    """Several boxes of one name; its data are those that are ticked."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist


class RolesForm(Form):
    """What somebody may do."""

    roles = Ticks()

    def validate_roles(self, field: Ticks) -> None:
        if not field.data or not set(field.data) <= set(ROLES):
            raise ValidationError(_("Please choose what they may do."))

    @property
    def chosen(self) -> frozenset[str]:
        return frozenset(self.roles.data or ())


class InviteForm(RolesForm):
    """Who comes to work here."""

    name = text_field(lazy_gettext("Name"), MAX_NAME, needed(lazy_gettext("Please say who it is.")))
    email = text_field(
        lazy_gettext("E-mail"), MAX_EMAIL, needed(lazy_gettext("Please enter an e-mail address."))
    )

    def validate_email(self, field: Line) -> None:
        try:
            field.data = validate_email(field.data or "", check_deliverability=False).normalized
        except EmailNotValidError:
            raise ValidationError(_("Please enter an e-mail address, such as charlie@example.com.")) from None
