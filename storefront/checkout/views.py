"""The checkout page, the order it becomes, and the order's own page."""

from dataclasses import replace
from datetime import datetime

from flask import Blueprint, Response, make_response, render_template, request

from storefront.cart import carts
from storefront.cart.actions import keep_what_is_left
from storefront.cart.claim_views import claim
from storefront.cart.models import Cart
from storefront.checkout import queries
from storefront.checkout.actions import cancel_order
from storefront.checkout.forms import CheckoutForm
from storefront.checkout.knowing import known
from storefront.checkout.offer import Choices
from storefront.checkout.refusals import AlreadyPacked, Closed, EmptyCart, TooFast, Unplaced
from storefront.checkout.selling import OrderRequest
from storefront.checkout.sending import send_order
from storefront.platform import clock, http, limits, people, refusals
from storefront.platform.addresses import countries
from storefront.platform.errors import Busy, NotFound, Refusal
from storefront.platform.idempotency import KeyReused
from storefront.platform.limits import limiter
from storefront.platform.pages import render
from storefront.shop.queries import facts

bp = Blueprint("checkout", __name__)
bp.before_request(claim)


@bp.get("/checkout")
def new() -> Response:
    """The whole checkout on one page; a cart that was ordered just now leads to its order."""
    person = people.person()
    return _page(CheckoutForm(delivery=request.args.get("delivery"), **(known(person) if person else {})))


@bp.post("/checkout")
def edit() -> Response:
    """The same page as chosen so far, with everything that was typed; nothing is refused yet."""
    return _page(CheckoutForm(request.form))


@bp.post("/checkout/remainder")
@limiter.limit(limits.CHANGE_CART)
def reduce() -> Response:
    """Be content with what is left of everything, and go on where we were."""
    keep_what_is_left(carts.token_of_visitor())
    return _page(CheckoutForm(request.form))


@bp.post("/orders")
@limiter.limit(limits.PLACE_ORDER, on_breach=lambda _limit: _again(TooFast()))
def create() -> Response:
    """Order what the page showed."""
    form = CheckoutForm(request.form)
    if not form.validate():
        return _page(form, 422)
    try:
        token = send_order(carts.token_of_visitor(), _wish(form))
    except KeyReused as reused:
        return render("checkout/sent.html", "checkout/_sent.html", status=reused.status, reused=reused)
    except Busy as busy:
        return _again(busy)
    except Unplaced as refusal:
        refusals.note(refusal)
        return _page(form, refusal.status, refusal)
    return http.leave_for(".show", token=token)


@bp.get("/orders/<token>")
def show(token: str) -> Response:
    """What was ordered, and what to do next. Raises NotFound."""
    return _order(_placed(token))


@bp.post("/orders/<token>/cancellation")
def cancel(token: str) -> Response:
    """Call the order off, while it is not packed. Raises NotFound."""
    try:
        cancel_order(_placed(token).order.id)
    except AlreadyPacked as refusal:
        return _order(_placed(token), refusal.status, refusal)
    return http.see(".show", token=token)


def _wish(form: CheckoutForm) -> OrderRequest:
    """What the form asks for, into the account of whoever is signed in."""
    person = people.person()
    return replace(form.request(), account_id=person.id) if person else form.request()


def _placed(token: str) -> queries.Placed:
    placed = queries.placed(token)
    if placed is None:
        raise NotFound
    return placed


def _order(placed: queries.Placed, status: int = 200, refusal: Refusal | None = None) -> Response:
    response = render("checkout/show.html", status=status, placed=placed, refusal=refusal)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _page(form: CheckoutForm, status: int = 200, refusal: Unplaced | None = None) -> Response:
    cart = carts.of_visitor()
    offer = queries.offer_for(cart, Choices(form.delivery.data, form.payment.data))
    if cart is None or offer is None:
        return _nothing_to_order(cart, refusal)
    refusal = refusal or _closed()
    response = render(
        "checkout/new.html",
        "checkout/_form.html",
        status=status,
        form=form,
        offer=offer,
        refusal=refusal,
        key=form.key_shown,
        cart_id=cart.id,
        bill_countries=countries(),
    )
    if isinstance(refusal, Closed):
        response.headers["Retry-After"] = str(_seconds_until(refusal.until))
    return response


def _closed() -> Closed | None:
    """Whether the shop takes no orders: said before somebody has typed anything."""
    shop = facts()
    return Closed(shop.closed_until) if shop.is_closed(clock.now()) else None


def _seconds_until(moment: datetime | None) -> int:
    """How long to stay away; an hour when nobody knows."""
    return max(1, int((moment - clock.now()).total_seconds())) if moment else 3600


def _nothing_to_order(cart: Cart | None, refusal: Unplaced | None) -> Response:
    token = queries.token_of_fresh_order(cart) if cart else None
    if token is not None:
        return http.leave_for(".show", token=token)
    if request.method == "GET":
        return http.see("cart.show")
    raise refusal or EmptyCart


def _again(refusal: Refusal) -> Response:
    """Everything that was sent, behind one button that sends it again; it needs no database."""
    refusals.note(refusal)
    page = "checkout/_again.html" if http.is_partial() else "checkout/again.html"
    html = render_template(page, sentence=refusal.message(), sent=request.form)
    response = make_response(html, refusal.status)
    response.headers["Retry-After"] = str(limits.seconds_to_wait() if refusal.status == 429 else 2)
    response.headers["Cache-Control"] = "private, no-store"
    http.vary_by_htmx(response)
    return response
