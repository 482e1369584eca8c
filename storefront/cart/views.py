"""The cart page, its three changes, and its count in the header."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from storefront.cart import actions, carts, claim_views, queries
from storefront.cart.basket import Line
from storefront.cart.forms import AddForm, ChangeForm
from storefront.cart.refusals import NotEnough, NotMade, TooMany
from storefront.catalog.models import MAX_OPTIONS
from storefront.config import settings
from storefront.platform import db, http, limits, refusals
from storefront.platform.errors import Refusal
from storefront.platform.limits import limiter
from storefront.platform.pages import render
from storefront.shop import queries as shop_queries

bp = Blueprint("cart", __name__)
bp.before_request(claim_views.claim)
MAX_ID = 2**63 - 1


@bp.get("/cart")
def show() -> Response:
    """What lies in it, what is wrong with it, and what it costs each way."""
    return _cart()


@bp.get("/cart/badge")
@limits.fetched_by_itself
def badge() -> Response:
    """How many things lie in it, for the header; whose script is told of nothing asks no more."""
    if not http.is_partial():
        return http.see(".show")
    units = queries.units(carts.token_of_visitor())
    db.release()
    response = make_response(render_template("cart/_badge.html", units=units))
    http.vary_by_htmx(response)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@bp.post("/cart/lines")
@limiter.limit(limits.CHANGE_CART)
def add() -> Response:
    """Put something in."""
    form = AddForm(request.form)
    try:
        now = actions.add_to_cart(carts.token_of_visitor(), _meant(form), form.units)
    except Refusal as refusal:
        return _not_added(form, refusal)
    if http.is_partial():
        response = render("cart/_added.html", added=now)
    else:
        response = http.see(".show") if form.in_cart else http.see(".added", line_id=now.line.id)
    http.remember(response, carts.COOKIE, now.token)
    return response


@bp.get(f"/cart/added/<int(max={MAX_ID}):line_id>")
def added(line_id: int) -> Response:
    """What was put in, and the ways on; a line that is gone leads to the cart."""
    found = queries.added(carts.token_of_visitor(), line_id)
    if found is None:
        return http.see(".show")
    return render("cart/added.html", "cart/_mini.html", added=found)


@bp.post(f"/cart/lines/<int(max={MAX_ID}):line_id>")
@limiter.limit(limits.CHANGE_CART)
def change(line_id: int) -> Response:
    """Have more or fewer of something, or none."""
    form = ChangeForm(request.form)
    try:
        form.demand()
        line = actions.change_line(carts.token_of_visitor(), line_id, form.units, form.price_shown)
    except Refusal as refusal:
        return _not_changed(line_id, form, refusal)
    return _changed(removed=line if form.units == 0 else None)


@bp.post("/cart/remainder")
@limiter.limit(limits.CHANGE_CART)
def reduce() -> Response:
    """Be content with what is left of everything."""
    actions.keep_what_is_left(carts.token_of_visitor())
    return _changed()


@dataclass(frozen=True, slots=True)
class Wrong:
    """What could not be done to a line, what was typed, and how many could be had instead."""

    line_id: int
    sentence: str
    typed: str
    take: int = 0


def _cart(fragment: str = "cart/_contents.html", wrong: Wrong | None = None, **more: Any) -> Response:
    found = queries.contents(carts.token_of_visitor())
    return render(
        "cart/show.html",
        fragment,
        shop=shop_queries.facts(),
        cart=found,
        wrong=wrong,
        most=settings().max_line_quantity,
        came=claim_views.came(),
        gone="gone" in request.args,
        **more,
    )


def _changed(removed: Line | None = None) -> Response:
    response = _cart("cart/_changed.html", removed=removed) if http.is_partial() else http.see(".show")
    if token := carts.token_of_visitor():
        http.remember(response, carts.COOKIE, token)  # Its days are counted from the last change.
    return response


def _not_changed(line_id: int, form: ChangeForm, refusal: Refusal) -> Response:
    refusals.note(refusal)
    left = refusal.left if isinstance(refusal, NotEnough) else 0
    wrong = Wrong(line_id, refusal.message(), form.typed, left)
    return _cart(wrong=wrong, status=refusal.status)


def _meant(form: AddForm) -> str:
    """The SKU of what was chosen, which is kept in the form. Raises NotMade or NotUnderstood."""
    form.validate()
    if not form.variant.errors:
        choices = {place: request.form.get(f"choice-{place}") for place in range(MAX_OPTIONS)}
        form.sku = queries.chosen(form.variant.data or "", choices)
    form.demand()
    if form.sku is None:
        raise NotMade
    return form.sku


def _not_added(form: AddForm, refusal: Refusal) -> Response:
    refusals.note(refusal)
    asked = form.sku or ("" if form.variant.errors else form.variant.data)
    return render(
        "cart/add.html",
        "cart/_not_added.html",
        status=refusal.status,
        sentence=refusal.message(),
        thing=queries.named(asked) if asked else None,
        again=form.sku is not None,
        quantity=form.typed,
        addable=refusal.addable if isinstance(refusal, NotEnough | TooMany) else 0,
        most=settings().max_line_quantity,
    )
