"""Pick lists and packing slips of chosen orders, and packing many at once."""

from flask import Response, request
from flask_babel import ngettext

from storefront.checkout.fulfilment import pack_order
from storefront.office.orders import papers
from storefront.office.orders.desk_views import bp
from storefront.orders import queries as orders
from storefront.platform import http, staff_pages
from storefront.platform.errors import Refusal
from storefront.platform.pages import render

staff_pages.confirmation(
    "orders-packed", lambda n: ngettext("One order is packed.", "%(num)s orders are packed.", n)
)


@bp.get("/admin/orders/pick-list")
def pick_list() -> Response:
    """Everything that the chosen orders need, by SKU, with a box to tick for each."""
    found = papers.slips(request.args.getlist("order"))
    return render("office/orders/pick_list.html", slips=found, picks=papers.picks(found))


@bp.get("/admin/orders/packing-slips")
def slips() -> Response:
    """A slip for each chosen order, each on its own sheet; before them the pick list, if wanted."""
    found = papers.slips(request.args.getlist("order"))
    picks = papers.picks(found) if "picks" in request.args else []
    return render("office/orders/slips.html", slips=found, picks=picks)


@bp.post("/admin/orders/packing")
def pack_many() -> Response:
    """Each chosen order is packed; which could not be is said, with the reason."""
    packed, refused = 0, []
    for number in list(dict.fromkeys(request.form.getlist("order")))[: papers.MOST]:
        try:
            found = orders.numbered(number)
            if found is None:
                continue
            pack_order(found.id)
            packed += 1
        except Refusal as refusal:
            refused.append((number, refusal.message()))
    if refused or not packed:
        return render("office/orders/packed.html", status=409, packed=packed, refused=refused)
    return http.see(".index", done="orders-packed", count=packed)
