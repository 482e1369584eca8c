"""Staff's stock: what is on hand, reserved and available, why it is so, and what to change about it."""

from typing import Any

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext, ngettext

from storefront.config import settings
from storefront.inventory import actions, ledger, shelf_list, stock_forms
from storefront.inventory.actions import Delivery
from storefront.inventory.refusals import BadCount, CountedMeanwhile, NotCounted, Promised
from storefront.inventory.shelf_list import Looked
from storefront.inventory.stock_forms import AdjustForm, CountForm, DeliveryRow, LowForm
from storefront.platform import http, refusals, staff_pages
from storefront.platform.errors import NotFound, Refusal
from storefront.platform.forms import readable
from storefront.platform.kept_forms import keep_forms
from storefront.platform.pages import render
from storefront.platform.people import person, staff_only

bp = Blueprint("inventory_admin", __name__, url_prefix="/admin/stock")
keep_forms(bp)
staff_only(bp, "catalogue", "orders")
staff_pages.entry(
    "inventory_admin.index", lazy_gettext("Stock"), "catalogue", "catalogue", "orders", place=20
)
_SAVED: Any = lazy_gettext("The number is changed, and the ledger says why.")
_TOLD: Any = lazy_gettext("Saved.")
staff_pages.confirmation("stock-saved", lambda _count: str(_SAVED))
staff_pages.confirmation("stock-low", lambda _count: str(_TOLD))
staff_pages.confirmation(
    "delivery-received",
    lambda count: ngettext("%(num)s thing is on the shelf.", "%(num)s things are on the shelf.", count),
)
ONE = f"/{staff_pages.KEY}"
ROWS = 6  # of an empty delivery


@bp.get("")
def index() -> Response:
    """All shelves, or those that run low."""
    looked = Looked(staff_pages.words("q"), request.args.get("show") == "low", staff_pages.after())
    rows, following = shelf_list.page(looked, settings().few_left)
    return render("inventory/admin/index.html", looked=looked, rows=rows, next=following)


@bp.get(ONE)
def show(key: int) -> Response:
    """One shelf: its numbers, each with what made it, and what can be changed."""
    return _page(key)


@bp.post(f"{ONE}/movements")
def adjust(key: int) -> Response:
    """More, or fewer."""
    form = AdjustForm(request.form)
    if not form.validate():
        return _page(key, status=422, adjusting=form)
    try:
        actions.adjust_stock(key, form.wish())
    except (NotCounted, Promised, BadCount) as refusal:
        return _page(key, refusal=refusal, adjusting=form)
    return http.see(".show", key=key, done="stock-saved")


@bp.post(f"{ONE}/counts")
def count(key: int) -> Response:
    """What was counted, if nothing came or left since the page was shown."""
    form = CountForm(request.form)
    if not form.validate():
        return _page(key, status=422, counting=form)
    try:
        actions.count_stock(key, form.wish())
    except (CountedMeanwhile, NotCounted, Promised, BadCount) as refusal:
        return _page(key, refusal=refusal, counting=form)
    if form.back.data == "products":
        return http.see("catalog_admin.index", done="stock-saved")
    return http.see(".show", key=key, done="stock-saved")


@bp.post(f"{ONE}/threshold")
def threshold(key: int) -> Response:
    """From how many on staff are told."""
    form = LowForm(request.form)
    if not form.validate():
        return _page(key, status=422, lowering=form)
    actions.set_low_at(key, form.number())
    return http.see(".show", key=key, done="stock-low")


@bp.get("/deliveries/new")
def deliver() -> Response:
    """The form of a delivery, begun with what was ticked."""
    ids = [int(text) for text in request.args.getlist("id") if text.isascii() and text.isdigit()]
    skus = shelf_list.skus_of([one for one in ids if one < 2**63])
    return _delivery([DeliveryRow(sku) for sku in skus], "")


@bp.post("/deliveries")
def receive() -> Response:
    """Put on the shelves what came."""
    rows = stock_forms.delivery_rows(request.form.getlist("sku"), request.form.getlist("units"))
    note = readable(request.form.get("note", "")).strip()[: actions.MAX_NOTE]
    if "more" in request.form:
        return _delivery(rows, note)
    units = stock_forms.units_of(rows, shelf_list.by_sku([row.sku for row in rows]))
    if any(row.wrong for row in rows):
        return _delivery(rows, note, status=422)
    try:
        actions.receive_delivery(Delivery(units, note))
    except (NotCounted, BadCount) as refusal:
        return _delivery(rows, note, refusal=refusal)
    return http.see(".index", done="delivery-received", count=len(units))


def _delivery(
    rows: list[DeliveryRow], note: str, status: int = 200, refusal: Refusal | None = None
) -> Response:
    if refusal:
        refusals.note(refusal)
    problems = [
        (f"{name}-{place}", text) for place, row in enumerate(rows, 1) for name, text in row.wrong.items()
    ]
    return render(
        "inventory/admin/delivery.html",
        status=refusal.status if refusal else status,
        rows=[*rows, *(DeliveryRow() for _more in range(ROWS))],
        note=note,
        problems=problems + ([(None, refusal.message())] if refusal else []),
    )


def _page(key: int, status: int = 200, refusal: Refusal | None = None, **forms: Any) -> Response:
    shelf = ledger.shelf(key, settings().few_left)
    if shelf is None:
        raise NotFound
    if refusal:
        refusals.note(refusal)
    who = person()
    fresh = {"adjusting": AdjustForm(), "counting": CountForm(), "lowering": LowForm()}
    return render(
        "inventory/admin/show.html",
        status=refusal.status if refusal else status,
        shelf=shelf,
        story=ledger.story(shelf, staff_pages.after()),
        reasons=stock_forms.REASONS,
        few=settings().few_left,
        may_see_orders=bool(who and who.roles & {"owner", "orders"}),
        may_see_products=bool(who and who.roles & {"owner", "catalogue"}),
        refusal=refusal,
        **fresh | forms,
    )
