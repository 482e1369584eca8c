"""Find my order: number and e-mail; the answer is always the same, and the link goes by mail."""

import re

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import StringField
from wtforms.validators import ValidationError

from storefront.checkout import finding
from storefront.orders.models import MAX_EMAIL
from storefront.platform import http, limits, people
from storefront.platform.fields import needed, text_field
from storefront.platform.forms import Form
from storefront.platform.limits import limiter
from storefront.platform.pages import render

bp = Blueprint("find_order", __name__)
people.private(bp)
NUMBER = re.compile(r"[0-9A-Z]{6,12}", re.ASCII)


class FindForm(Form):
    """What the confirmation said."""

    number = text_field(
        lazy_gettext("Order number"), 40, needed(lazy_gettext("Please tell us the number of the order."))
    )
    email = text_field(
        lazy_gettext("E-mail"), MAX_EMAIL, needed(lazy_gettext("Please tell us the e-mail address."))
    )

    def validate_number(self, field: StringField) -> None:
        """Spelled as people spell: small letters, spaces, a sign in front; O and I are no letters of ours."""
        if field.errors:
            return
        plain = re.sub(r"[^0-9A-Z]", "", (field.data or "").upper())
        self.plain = plain.replace("O", "0").replace("I", "1").replace("L", "1")
        if not NUMBER.fullmatch(self.plain):
            raise ValidationError(_("This is not the number of an order. It has six letters and digits."))

    def validate_email(self, field: StringField) -> None:
        if not field.errors and "@" not in (field.data or ""):
            raise ValidationError(_("This is not an e-mail address, such as name@example.com."))


@bp.get("/orders/find")
def new() -> Response:
    """Which order."""
    return render("checkout/find.html", form=FindForm())


@bp.post("/orders/find")
@limiter.limit(limits.FIND_ORDER)
def create() -> Response:
    """If there is such an order, its link is on its way."""
    form = FindForm(request.form)
    if not form.validate():
        return render("checkout/find.html", status=422, form=form)
    finding.ask_for_order(form.plain, form.email.data or "")
    return http.leave_for(".sent")


@bp.get("/orders/find/sent")
def sent() -> Response:
    """Look into your mailbox."""
    return render("checkout/find_sent.html")
