"""Money that goes back, and parcels that came back."""

from functools import partial

from flask import Response, request
from flask_babel import gettext as _

from storefront.checkout.changing import cancel_lines, take_back
from storefront.office.orders.changing_views import change, current, done_before
from storefront.office.orders.desk_views import bp
from storefront.office.orders.page import OrderPage
from storefront.office.orders.refund_forms import RefundForm
from storefront.office.orders.unit_forms import ReduceForm, ReturnForm
from storefront.payments.refunds.actions import refund_order
from storefront.platform import staff_pages
from storefront.platform.errors import Refusal
from storefront.platform.forms import Form
from storefront.platform.pages import render

REFUNDED = ("refund",)
REDUCED = ("line", "order:cancelled")
RETURNED = ("line", "fulfilment:returned", "order:closed")
staff_pages.confirmation("order-refunded", lambda _n: _("The refund is taken down."))
staff_pages.confirmation("items-cancelled", lambda _n: _("The items are cancelled."))
staff_pages.confirmation("goods-back", lambda _n: _("What came back is taken down."))


@bp.get("/admin/orders/<number>/refund")
def refund_form(number: str) -> Response:
    """How much went back, and how. Raises NotFound."""
    page = current(number)
    return _shown("refund", RefundForm(page.payment), page)


@bp.post("/admin/orders/<number>/refund")
def refund(number: str) -> Response:
    """Take down that money went back; sent twice, it went back once."""
    page = current(number)
    form = RefundForm(page.payment, request.form)
    if not form.validate():
        return done_before(number, "order-refunded", REFUNDED) or _shown("refund", form, page, 422)
    give = partial(refund_order, wish=form.wish())
    return change(number, give, "order-refunded", REFUNDED, partial(_shown, "refund", form))


@bp.get("/admin/orders/<number>/items")
def reduce_form(number: str) -> Response:
    """Which items are not wanted any more. Raises NotFound."""
    page = current(number)
    return _shown("reduce", ReduceForm(page), page)


@bp.post("/admin/orders/<number>/items")
def reduce(number: str) -> Response:
    """Cancel some units before they are packed; when nothing is left the whole order is."""
    page = current(number)
    form = ReduceForm(page, request.form)
    if not form.validate():
        return done_before(number, "items-cancelled", REDUCED) or _shown("reduce", form, page, 422)
    cancel = partial(cancel_lines, units=form.cancelled(), reason=form.reason.data or "")
    return change(number, cancel, "items-cancelled", REDUCED, partial(_shown, "reduce", form))


@bp.get("/admin/orders/<number>/return")
def return_form(number: str) -> Response:
    """What came back. Raises NotFound."""
    page = current(number)
    form = ReturnForm(page)
    form.shipping.data = True
    return _shown("return", form, page)


@bp.post("/admin/orders/<number>/return", endpoint="take_back")
def take_it_back(number: str) -> Response:
    """Put on the shelf what can be sold again, and write off what cannot."""
    page = current(number)
    form = ReturnForm(page, request.form)
    if not form.validate():
        return done_before(number, "goods-back", RETURNED) or _shown("return", form, page, 422)
    back = partial(
        take_back, came=form.came(), reason=form.reason.data or "", shipping=bool(form.shipping.data)
    )
    return change(number, back, "goods-back", RETURNED, partial(_shown, "return", form))


def _shown(
    what: str, form: Form, page: OrderPage, status: int = 200, refusal: Refusal | None = None
) -> Response:
    return render(f"office/orders/{what}.html", status=status, page=page, form=form, refusal=refusal)
