"""The form that puts right who and where a customer is."""

from functools import partial

from flask import Response, request
from flask_babel import gettext as _

from storefront.office.orders.changing_views import change, current
from storefront.office.orders.correcting import TooLateToCorrect, correct_order
from storefront.office.orders.desk_views import bp
from storefront.office.orders.forms import CorrectionForm
from storefront.office.orders.page import OrderPage
from storefront.platform import staff_pages
from storefront.platform.addresses import countries
from storefront.platform.errors import Refusal
from storefront.platform.pages import render

staff_pages.confirmation("order-corrected", lambda _n: _("Corrected."))


@bp.get("/admin/orders/<number>/correction")
def correction(number: str) -> Response:
    """The form as the order stands. Raises NotFound or TooLateToCorrect."""
    page = _open(number)
    return _shown(CorrectionForm(page.order), page)


@bp.post("/admin/orders/<number>/correction")
def correct(number: str) -> Response:
    """Put it right, or show another country's form. Raises NotFound or TooLateToCorrect."""
    page = _open(number)
    form = CorrectionForm(page.order, request.form)
    if "again" in request.form:
        return _shown(form, page)
    if not form.validate():
        return _shown(form, page, 422)
    put_right = partial(correct_order, right=form.correction())
    return change(number, put_right, "order-corrected", ("audit",), partial(_shown, form))


def _open(number: str) -> OrderPage:
    page = current(number)
    if "correct" not in page.may:
        raise TooLateToCorrect
    return page


def _shown(
    form: CorrectionForm, page: OrderPage, status: int = 200, refusal: Refusal | None = None
) -> Response:
    return render(
        "office/orders/correct.html",
        "office/orders/_correct.html",
        status=status,
        page=page,
        form=form,
        refusal=refusal,
        bill_countries=countries(),
    )
