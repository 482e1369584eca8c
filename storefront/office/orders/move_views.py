"""Every move of an order that staff make with one button."""

from functools import partial

from flask import Response, request
from flask_babel import gettext as _

from storefront.checkout.actions import cancel_order
from storefront.checkout.fulfilment import deliver_order, pack_order, ready_order, ship_order
from storefront.office.orders.changing_views import change, current
from storefront.office.orders.desk_views import bp
from storefront.office.orders.forms import ReasonForm, ShipmentForm
from storefront.office.orders.page_views import shown
from storefront.payments.actions import settle_order
from storefront.platform import staff_pages

OVER = ("order:open", "order:closed")
"""What a payment or a delivery may bring with it."""
staff_pages.confirmation("order-paid", lambda _n: _("The payment is taken down."))
staff_pages.confirmation("order-packed", lambda _n: _("Packed."))
staff_pages.confirmation("order-ready", lambda _n: _("Ready to be fetched."))
staff_pages.confirmation("order-shipped", lambda _n: _("Shipped."))
staff_pages.confirmation("order-delivered", lambda _n: _("Handed over."))
staff_pages.confirmation("order-cancelled", lambda _n: _("Cancelled."))


@bp.post("/admin/orders/<number>/settlement")
def settle(number: str) -> Response:
    """The money is here."""
    return change(number, settle_order, "order-paid", ("payment:captured", *OVER))


@bp.post("/admin/orders/<number>/packing")
def pack(number: str) -> Response:
    """The goods lie in a box."""
    return change(number, pack_order, "order-packed", ("fulfilment:packed",))


@bp.post("/admin/orders/<number>/readiness")
def ready(number: str) -> Response:
    """The box waits at the counter."""
    return change(number, ready_order, "order-ready", ("fulfilment:ready",))


@bp.post("/admin/orders/<number>/shipment")
def ship(number: str) -> Response:
    """The parcel left the house."""
    form = ShipmentForm(request.form)
    if not form.validate():
        return shown(current(number), 422, wrong={"shipment": form})
    ship_it = partial(ship_order, tracking=form.tracking())
    return change(number, ship_it, "order-shipped", ("fulfilment:shipped",))


@bp.post("/admin/orders/<number>/delivery")
def deliver(number: str) -> Response:
    """The customer has the goods, and perhaps paid for them in the same moment."""
    action = _pay_and_deliver if "paid" in request.form else deliver_order
    return change(number, action, "order-delivered", ("payment:captured", "fulfilment:delivered", *OVER))


@bp.post("/admin/orders/<number>/cancellation")
def cancel(number: str) -> Response:
    """Call an order off, with a reason."""
    form = ReasonForm(request.form)
    if not form.validate():
        return shown(current(number), 422, wrong={"reason": form})
    call_off = partial(cancel_order, reason=form.reason.data)
    return change(number, call_off, "order-cancelled", ("order:cancelled",))


def _pay_and_deliver(order_id: int) -> None:
    """Both, or neither: who cannot hand it over has not taken the money either."""
    settle_order(order_id)
    deliver_order(order_id)
