"""The page on which staff take down an order for somebody who calls; it is placed like any other."""

import re
from collections.abc import Mapping

from flask import Response, request
from flask_babel import gettext as _

from storefront.checkout.forms import CheckoutForm
from storefront.checkout.refusals import Unplaced
from storefront.checkout.sending import send_order
from storefront.office.orders import phoning
from storefront.office.orders.desk_views import bp
from storefront.office.orders.phoning import Call
from storefront.orders import queries as orders
from storefront.platform import http, refusals, staff_pages
from storefront.platform.addresses import countries
from storefront.platform.errors import Busy, Refusal
from storefront.platform.idempotency import KeyReused
from storefront.platform.pages import render
from storefront.shop import queries as shop_queries

LINE = re.compile(r"quantity-([0-9]{1,18})", re.ASCII)
UNITS = re.compile(r"[0-9]{1,6}", re.ASCII)
MAX_FIND = 100
staff_pages.confirmation(
    "order-placed", lambda _n: _("The order is placed. Its confirmation goes out by mail.")
)


@bp.get("/admin/orders/new")
def call() -> Response:
    """An empty form, or one with what somebody wants already."""
    return _shown(Call(request.args.get("call", "")), CheckoutForm())


@bp.post("/admin/orders/new")
def take_call() -> Response:
    """Look for an article, put it on, change how many, or place the order: everything typed is kept."""
    form, this = CheckoutForm(request.form), Call(request.form.get("call", ""))
    does = request.form.get("do", "update")
    try:
        changed = phoning.change_quantities(this, _quantities(request.form))
        if does.startswith("add:"):
            return _shown(phoning.add(this, does.removeprefix("add:"), 1), form)
    except Refusal as refusal:
        refusals.note(refusal)
        return _shown(this, form, refusal.status, refusal)
    if does != "place":
        return _shown(this, form)
    return _shown(this, form, 409, QuantitiesChanged()) if changed else _place(this, form)


class QuantitiesChanged(Refusal):
    """The button said another total than the numbers that were typed since."""

    code = "quantities-changed"

    def message(self) -> str:
        return _("You changed how many: please look at the new total, then place the order.")


def _place(this: Call, form: CheckoutForm) -> Response:
    if not form.validate():
        return _shown(this, form, 422)
    try:
        token = send_order(this.token, form.request())
    except KeyReused as reused:
        token = reused.answer
    except (Unplaced, Busy) as refusal:
        refusals.note(refusal)
        return _shown(this, form, refusal.status, refusal)
    placed = orders.by_token(token)
    return http.leave_for(".show", number=placed.number if placed else "", done="order-placed")


def _quantities(sent: Mapping[str, str]) -> dict[int, int]:
    """What the number fields beside the lines say; what is no number changes nothing."""
    found = {LINE.fullmatch(name): value for name, value in sent.items()}
    return {int(line[1]): int(value) for line, value in found.items() if line and UNITS.fullmatch(value)}


def _shown(this: Call, form: CheckoutForm, status: int = 200, refusal: Refusal | None = None) -> Response:
    words = request.form.get("article", "").strip()[:MAX_FIND]
    shop = shop_queries.read()
    return render(
        "office/orders/call.html",
        "office/orders/_call.html",
        status=status,
        call=this,
        form=form,
        offer=this.offer(form.delivery.data, form.payment.data),
        words=words,
        articles=phoning.found(words, shop.currency) if words else (),
        refusal=refusal,
        key=form.key_shown,
        bill_countries=countries(),
    )
