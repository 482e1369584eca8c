"""Staff's sales: other prices for a while, planned and ended."""

from typing import Any

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext

from storefront.catalog.editing_views import found
from storefront.catalog.models import Product
from storefront.catalog.product_forms import STATUS_WORDS
from storefront.catalog.refusals import BadWish, Stale
from storefront.catalog.scheduling import actions
from storefront.catalog.scheduling.sale_forms import SaleForm
from storefront.catalog.variants import queries
from storefront.platform import http, refusals, staff_pages
from storefront.platform.errors import Refusal
from storefront.platform.kept_forms import keep_forms
from storefront.platform.pages import render
from storefront.platform.people import staff_only
from storefront.shop.queries import facts as shop_facts

bp = Blueprint("sales_admin", __name__, url_prefix=f"/admin/products/{staff_pages.KEY}/sale")
keep_forms(bp)
staff_only(bp, "catalogue")
_PLANNED: Any = lazy_gettext("The sale is planned; what is due has begun.")
_ENDED: Any = lazy_gettext("The sale is over; the usual prices hold.")
staff_pages.confirmation("sale-planned", lambda _count: str(_PLANNED))
staff_pages.confirmation("sale-ended", lambda _count: str(_ENDED))


@bp.get("")
def show(key: int) -> Response:
    """What is planned of a product, and the form of a new sale."""
    product = found(key)
    return _page(product, _form(product))


@bp.post("")
def plan(key: int) -> Response:
    """Plan it."""
    product = found(key)
    form = _form(product, request.form)
    if not form.validate():
        return _page(product, form, status=422)
    try:
        actions.plan_sale(key, form.wish())
    except (Stale, BadWish) as refusal:
        return _page(found(key), form, refusal=refusal)
    return http.see(".show", key=key, done="sale-planned")


@bp.post("/end")
def end(key: int) -> Response:
    """End it, or forget what is to come."""
    actions.end_sales(key)
    return http.see(".show", key=key, done="sale-ended")


def _form(product: Product, typed: Any = None) -> SaleForm:
    shop = shop_facts()
    live = [one for one in queries.of_product(product.id, shop.currency) if one.Variant.archived_at is None]
    usual = {one.Variant.id: one.cost.amount for one in live if one.cost}
    return SaleForm(typed, zone=shop.time_zone, currency=shop.currency, usual=usual)


def _page(product: Product, form: SaleForm, status: int = 200, refusal: Refusal | None = None) -> Response:
    if refusal:
        refusals.note(refusal)
    currency = shop_facts().currency
    rows = [one for one in queries.of_product(product.id, currency) if one.Variant.archived_at is None]
    return render(
        "catalog/admin/sale.html",
        status=refusal.status if refusal else status,
        product=product,
        statuses=STATUS_WORDS,
        form=form,
        rows=rows,
        planned=any(one.cost and one.cost.sale is not None for one in rows),
        currency=currency,
        refusal=refusal,
    )
