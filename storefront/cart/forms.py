"""What the cart's forms may say."""

import re
from typing import Any

from flask_babel import gettext as _
from wtforms import StringField
from wtforms.validators import StopValidation

from storefront.cart.refusals import NotUnderstood
from storefront.catalog.models import MAX_SKU
from storefront.config import settings
from storefront.platform.forms import Form, Printable, whole_number

PRICE = re.compile(r"[0-9]{1,15}", re.ASCII)


def _sku(_form: Form, field: Any) -> None:
    if not field.data or len(field.data) > MAX_SKU:
        raise StopValidation(_("We do not know what you meant to put into the cart."))


class CartForm(Form):
    """What both have in common."""

    quantity: StringField
    units = 0

    @property
    def typed(self) -> str:
        """The quantity as it was typed, as far as a page may show it again."""
        return "".join(char for char in self.quantity.data or "" if char.isprintable())

    def demand(self) -> None:
        """Raises NotUnderstood with the first thing that is wrong."""
        if not self.validate():
            raise NotUnderstood(next(str(error) for field in self for error in field.errors))


class AddForm(CartForm):
    """Which variant, and how many, and where its form stands."""

    variant = StringField(validators=[_sku, Printable()])
    quantity = StringField(default="1")
    then = StringField()
    sku: str | None = None
    """What was meant, once the radio buttons beside the variant have been heard."""

    @property
    def in_cart(self) -> bool:
        """Whether it stands on the page of the cart, which is shown again."""
        return self.then.data == "cart"

    def validate_quantity(self, field: StringField) -> None:
        self.units = whole_number(field.data, least=1, most=settings().max_line_quantity)


class ChangeForm(CartForm):
    """How many from now on, and the price that stood beside the field."""

    quantity = StringField()
    price = StringField()
    price_shown: int | None = None

    def validate_quantity(self, field: StringField) -> None:
        self.units = whole_number(field.data, least=0, most=settings().max_line_quantity)

    def validate_price(self, field: StringField) -> None:
        """Written by us; whatever else arrives accepts no price."""
        text = field.data or ""
        self.price_shown = int(text) if PRICE.fullmatch(text) else None
