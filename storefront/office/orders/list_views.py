"""The list of orders by what they wait for, with its search."""

from flask import Response, request

from storefront.office.orders import listing
from storefront.office.orders.desk_views import bp
from storefront.office.orders.finding import MAX_WORDS, number_in
from storefront.office.orders.heaps import FIRST, HEAPS, Heap
from storefront.orders import queries as orders
from storefront.platform import http
from storefront.platform.pages import render
from storefront.platform.paging import Cursor


@bp.get("/admin/orders")
def index() -> Response:
    """One page of a heap, or of what was searched for; whoever types a number is led to the order."""
    heap, words = asked()
    if (number := number_in(words)) and orders.numbered(number):
        return http.see(".show", number=number)
    return render(
        "office/orders/index.html",
        heap=heap,
        heaps=HEAPS.values(),
        words=words,
        page=listing.page(heap, words, _after(heap)),
        counts=listing.counts(),
        most=listing.MOST_COUNTED,
        ticked=request.args.get("ticked") == "all",
    )


def asked() -> tuple[Heap, str]:
    """Which heap the address names, and the words that are searched for; a search looks at all orders."""
    words = request.args.get("q", "").strip()[:MAX_WORDS].replace("\0", "")
    named = HEAPS.get(request.args.get("state", ""))
    return named or HEAPS["all" if words else FIRST], words


def _after(heap: Heap) -> Cursor | None:
    try:
        return listing.cursor(heap, request.args.get("after"))
    except ValueError:
        return None
