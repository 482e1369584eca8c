"""Staff's products: the list of all, on sale or not, and the form of a new one."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext

from storefront.catalog import actions, assortment
from storefront.catalog.assortment import SORTS, Sought
from storefront.catalog.models import STATUSES
from storefront.catalog.product_forms import STATUS_WORDS, NewProductForm, ProductForm
from storefront.catalog.refusals import BadWish, ShelfGone, Taken
from storefront.catalog.shelving.listing import branches
from storefront.platform import http, prose, refusals, staff_pages
from storefront.platform.amounts import decimal_of
from storefront.platform.errors import Refusal
from storefront.platform.kept_forms import keep_forms
from storefront.platform.pages import render
from storefront.platform.people import staff_only
from storefront.shop.queries import facts as shop_facts

bp = Blueprint("catalog_admin", __name__, url_prefix="/admin/products")
keep_forms(bp)
staff_only(bp, "catalogue")
bp.add_app_template_filter(decimal_of, "decimal")
staff_pages.entry("catalog_admin.index", lazy_gettext("Products"), "catalogue", "catalogue", place=10)


@bp.get("")
def index() -> Response:
    """All products, on sale or not."""
    sought = wanted()
    currency = shop_facts().currency
    try:
        rows, following = assortment.page(sought, currency)
    except ValueError:  # A cursor that nobody gave out: from the start.
        sought = replace(sought, after="")
        rows, following = assortment.page(sought, currency)
    return render(
        "catalog/admin/index.html",
        sought=sought,
        rows=rows,
        next=following,
        tally=assortment.tally(),
        branches=branches(),
        statuses=STATUS_WORDS,
        currency=currency,
    )


def wanted() -> Sought:
    """Which products the address means; what it cannot mean is left out."""
    args = request.values
    shelf, sort = args.get("shelf", ""), args.get("sort", "")
    return Sought(
        words=" ".join(args.get("q", "").replace("\0", "").split())[: staff_pages.MOST_WORDS],
        status=args.get("status", "") if args.get("status") in STATUSES else "",
        shelf=int(shelf) if shelf.isascii() and shelf.isdigit() and len(shelf) < 19 else None,
        units=args.get("units", "") if args.get("units") in ("out", "low") else "",
        sort=sort if sort.removeprefix("-") in SORTS else "-newest",
        after=args.get("after", ""),
    )


@bp.get("/new")
def new() -> Response:
    """The form of a product that is not there yet."""
    return _new(_new_form())


@bp.post("/new")
def create() -> Response:
    """Make it."""
    form = _new_form(request.form)
    if "preview" in request.form:
        return _new(form)
    if not form.validate():
        return _new(form, status=422)
    try:
        product_id = actions.create_product(form.wish())
    except (Taken, BadWish, ShelfGone) as refusal:
        return _new(form, refusal=refusal)
    return http.see("product_admin.edit", key=product_id, done="product-made")


def _new_form(typed: Any = None) -> NewProductForm:
    shop = shop_facts()
    return NewProductForm(typed, branches=branches(), zone=shop.time_zone, currency=shop.currency)


def _new(form: NewProductForm, status: int = 200, refusal: Refusal | None = None) -> Response:
    status = blame(form, refusal) if refusal else status
    return render(
        "catalog/admin/new.html",
        "catalog/admin/_written.html",
        status=status,
        form=form,
        written=prose.html(form.description.data or ""),
        refusal=None,
    )


def blame(form: ProductForm, refusal: Refusal) -> int:
    """Put a refusal beside the field that it is about; returns the status of the answer."""
    refusals.note(refusal)
    name = getattr(refusal, "field", "shelves" if isinstance(refusal, ShelfGone) else "")
    entry = form._fields.get({"shelves": "main_shelf"}.get(name, name))
    if entry is not None:
        entry.errors = [*entry.errors, refusal.message()]
    return refusal.status
