"""The page of one order."""

from flask import Response

from storefront.office.orders import listing
from storefront.office.orders import page as pages_of_orders
from storefront.office.orders.desk_views import bp
from storefront.office.orders.forms import NoteForm, ReasonForm, ShipmentForm
from storefront.office.orders.heaps import FIRST, HEAPS
from storefront.office.orders.page import OrderPage
from storefront.platform import http
from storefront.platform.errors import Refusal
from storefront.platform.forms import Form
from storefront.platform.pages import render
from storefront.platform.paging import Cursor

FORMS: dict[str, type[Form]] = {"note": NoteForm, "reason": ReasonForm, "shipment": ShipmentForm}


@bp.get("/admin/orders/<number>")
def show(number: str) -> Response:
    """An order, what happened to it, and what can be done next. Raises NotFound."""
    return shown(pages_of_orders.numbered(number))


@bp.get("/admin/orders/<number>/next")
def following(number: str) -> Response:
    """The next order to pack after this one, else the first, else the list. Raises NotFound."""
    order, heap = pages_of_orders.numbered(number).order, HEAPS[FIRST]
    here = Cursor(heap.code, order.placed_at, order.id)
    rows = listing.page(heap, "", here, 1).rows or listing.page(heap, "", None, 1).rows
    others = [row.order.number for row in rows if row.order.id != order.id]
    return http.see(".show", number=others[0]) if others else http.see(".index")


def shown(
    page: OrderPage, status: int = 200, refusal: Refusal | None = None, wrong: dict[str, Form] | None = None
) -> Response:
    """The page, perhaps with why something was not done, and with the forms that were not right."""
    forms = {name: kind() for name, kind in FORMS.items()} | (wrong or {})
    mistaken = next(iter((wrong or {}).values()), None)
    return render(
        "office/orders/show.html", status=status, page=page, refusal=refusal, forms=forms, mistaken=mistaken
    )
