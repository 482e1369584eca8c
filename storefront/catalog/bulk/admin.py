"""Staff change many products: what would happen is shown first, and then how far it has come."""

import json
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext, ngettext

from storefront.catalog import assortment
from storefront.catalog.admin import wanted
from storefront.catalog.bulk import actions, queries
from storefront.catalog.bulk.actions import MOST, ChangeMany
from storefront.catalog.bulk.repricing import Repricing
from storefront.catalog.bulk.repricing_forms import RepricingForm
from storefront.catalog.product_forms import STATUS_WORDS
from storefront.catalog.refusals import BadWish
from storefront.platform import http, staff_pages
from storefront.platform.errors import NotFound
from storefront.platform.kept_forms import keep_forms
from storefront.platform.pages import render
from storefront.platform.people import staff_only
from storefront.shop.queries import facts as shop_facts

bp = Blueprint("bulk_admin", __name__, url_prefix="/admin/products/bulk")
keep_forms(bp)
staff_only(bp, "catalogue")
TITLES: dict[str, Any] = {
    "publish": lazy_gettext("Publish many"),
    "archive": lazy_gettext("Archive many"),
    "reprice": lazy_gettext("Change many prices"),
}
staff_pages.confirmation(
    "bulk-begun",
    lambda count: ngettext("%(num)s product has its turn.", "%(num)s products have their turn.", count),
)


@bp.post("")
def rehearse() -> Response:
    """What would happen, before anything does; with the question by how much, if it is about prices."""
    kind, ids = _kind(), _ids()
    form = RepricingForm(request.form if "much" in request.form else None, currency=shop_facts().currency)
    asked = kind == "reprice" and "much" in request.form
    right = form.validate() if asked else False
    repricing = form.wish() if right else None
    return _page(kind, ids, form, repricing, status=422 if asked and not right else 200)


@bp.post("/changes")
def create() -> Response:
    """Have it done."""
    kind, ids = _kind(), _ids()
    repricing = None
    if kind == "reprice":
        form = RepricingForm(request.form, currency=shop_facts().currency)
        if not form.validate():
            return _page(kind, ids, form, None, status=422)
        repricing = form.wish()
    try:
        bulk_id = actions.change_many(ChangeMany(kind, tuple(ids), repricing))
    except BadWish:
        return _page(kind, ids, RepricingForm(currency=shop_facts().currency), repricing, status=422)
    return http.see(".show", key=bulk_id, done="bulk-begun", count=len(ids))


@bp.get(f"/{staff_pages.KEY}")
def show(key: int) -> Response:
    """How far it has come, and what was refused."""
    change = queries.change(key)
    if change is None:
        raise NotFound
    titles = queries.titles([told["product"] for told in change.refused])
    return render(
        "catalog/admin/bulk_show.html",
        "catalog/admin/_progress.html",
        change=change,
        titles=titles,
        words=TITLES,
    )


def _kind() -> str:
    kind = request.form.get("kind", "")
    if kind not in TITLES:
        raise NotFound
    return kind


def _ids() -> list[int]:
    """The ticked ones, or all that the list means; what was shown is what is changed, not what came since."""
    if "ids" in request.form:
        return queries.known(_numbers(request.form["ids"]))
    if request.form.get("which") == "all":
        return assortment.ids(wanted(), MOST)
    ticked = [int(text) for text in request.form.getlist("id") if text.isascii() and text.isdigit()]
    return queries.known([one for one in ticked if one < 2**63])


def _numbers(text: str) -> list[int]:
    try:
        found = json.loads(text)
        return [int(one) for one in found if 0 < int(one) < 2**63][:MOST]
    except (ValueError, TypeError, RecursionError):
        return []


def _page(
    kind: str, ids: list[int], form: RepricingForm, repricing: Repricing | None, status: int = 200
) -> Response:
    currency = shop_facts().currency
    return render(
        "catalog/admin/bulk.html",
        status=status,
        kind=kind,
        words=TITLES,
        statuses=STATUS_WORDS,
        ids=json.dumps(ids),
        count=len(ids),
        effects=queries.effects(ids, repricing, currency),
        form=form,
        repricing=repricing,
        currency=currency,
    )
