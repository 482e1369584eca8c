"""The orders in somebody's account: all of them, each with what happened to it, and the same once more."""

from datetime import datetime

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext

from storefront.cart import carts
from storefront.cart.claim_views import claim
from storefront.cart.merging import put_in_again
from storefront.checkout import history, mine, queries
from storefront.orders import queries as orders
from storefront.payments.queries import current
from storefront.platform import account_pages, http, limits, people
from storefront.platform.errors import NotFound
from storefront.platform.forms import readable
from storefront.platform.limits import limiter
from storefront.platform.pages import render
from storefront.platform.paging import Cursor

bp = Blueprint("my_orders", __name__)
people.private(bp)
bp.before_request(claim)
account_pages.entry("my_orders.index", lazy_gettext("Orders"), 10)


@bp.get("/account/orders")
def index() -> Response:
    """The newest first; those of before the account are taken in once it is known whose they are."""
    person = people.demand_person()
    if person.confirmed and mine.has_more(person.email):
        mine.adopt(person.id, person.email)
    words = readable(request.args.get("q", "").strip()[:100])
    page = mine.page(person.id, words, _after())
    payments = current(order.id for order in page.orders)
    placed = [queries.Placed(order, payments[order.id]) for order in page.orders]
    return render("checkout/orders.html", placed=placed, after=page.after, words=words)


@bp.get("/account/orders/<number>")
def show(number: str) -> Response:
    """One of them. Raises NotFound, for others' too."""
    order = mine.numbered(people.demand_person().id, number)
    events = history.told(orders.history(order.id))
    return render("checkout/my_order.html", placed=queries.of_order(order), events=events)


@bp.post("/account/orders/<number>/again")
@limiter.limit(limits.CHANGE_CART)
def again(number: str) -> Response:
    """The same things into the cart; what there is less of by now, the cart says itself."""
    order = mine.numbered(people.demand_person().id, number)
    wanted = [(line.variant_id, line.quantity, line.title) for line in order.lines]
    put = put_in_again(carts.token_of_visitor(), wanted)
    response = http.see("cart.show", gone="yes" if put.gone else None)
    http.remember(response, carts.COOKIE, put.token)
    return response


def _after() -> Cursor | None:
    text = request.args.get("after")
    try:
        return Cursor.read(text, "placed", datetime) if text else None
    except ValueError:
        raise NotFound from None
