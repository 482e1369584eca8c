"""What the state takes of each class of goods."""

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from storefront.office.settings.forms import RatesForm, percent
from storefront.platform import http, refusals, security, staff_pages
from storefront.platform.pages import render
from storefront.shop.queries import facts
from storefront.taxes import queries
from storefront.taxes.actions import RatesChanged, set_rates

bp = Blueprint("office_taxes", __name__)
security.staff_only(bp, "owner")
staff_pages.confirmation(
    "taxes-saved", lambda _n: _("Saved. The next order is taxed so; what was ordered keeps its tax.")
)


@bp.get("/admin/settings/taxes")
def show() -> Response:
    """The rates of the shop's own country."""
    return _shown(RatesForm.of_rates(queries.rates_in(facts().country)))


@bp.post("/admin/settings/taxes")
def save() -> Response:
    """Other rates from the next order on."""
    form = RatesForm.sent(request.form)
    rates = form.read()
    if form.errors:
        return _shown(form, 422)
    try:
        set_rates(facts().country, rates, form.seen_rates())
    except RatesChanged as refusal:
        refusals.note(refusal)
        form.seen = {name: percent(rate) for name, rate in refusal.now.items()}
        return _shown(form, refusal.status, refusal)
    return http.see(".show", done="taxes-saved")


def _shown(form: RatesForm, status: int = 200, refusal: RatesChanged | None = None) -> Response:
    return render("office/settings/taxes.html", status=status, form=form, refusal=refusal)
