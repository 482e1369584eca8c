"""Customers: lists with and without an account, and the page of one with orders and notes."""

from datetime import datetime

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from storefront.accounts import notes
from storefront.accounts.queries import addresses_of
from storefront.office import actors
from storefront.office.customers import queries
from storefront.office.customers.actions import note_customer
from storefront.office.customers.forms import NoteForm
from storefront.platform import http, security, staff_pages
from storefront.platform.pages import render
from storefront.platform.paging import Cursor

bp = Blueprint("office_customers", __name__)
security.staff_only(bp, "orders")
staff_pages.entry("office_customers.index", lazy_gettext("Customers"), "sales", "orders", place=20)
staff_pages.confirmation("customer-noted", lambda _n: _("The note is kept."))
ONE = f"/admin/customers/{staff_pages.KEY}"


@bp.get("/admin/customers")
def index() -> Response:
    """Who has an account."""
    words = staff_pages.words("q")
    found = queries.with_accounts(words, staff_pages.after())
    return render("office/customers/index.html", customers=found, words=words)


@bp.get("/admin/customers/guests")
def guests() -> Response:
    """Who bought without one."""
    words = staff_pages.words("q")
    return render("office/customers/guests.html", guests=queries.guests(words, _after()), words=words)


@bp.get(ONE)
def show(key: int) -> Response:
    """Somebody with an account."""
    return _page(key, NoteForm())


@bp.post(f"{ONE}/notes")
def note(key: int) -> Response:
    """Write something down about them."""
    form = NoteForm(request.form)
    if not form.validate():
        return _page(key, form, 422)
    note_customer(key, (form.text.data or "").replace("\r\n", "\n"))
    return http.see(".show", key=key, done="customer-noted")


@bp.get("/admin/customers/guests/<number>")
def guest(number: str) -> Response:
    """Somebody without one, known by an order; an e-mail address has no place in an address."""
    order = queries.guest(number)
    return render(
        "office/customers/guest.html",
        order=order,
        bought=queries.bought_as_guest(order.email),
        orders=queries.orders_of_guest(order.email, staff_pages.after()),
    )


def _page(key: int, form: NoteForm, status: int = 200) -> Response:
    found = queries.customer(key)
    written = notes.about(key)
    return render(
        "office/customers/show.html",
        status=status,
        customer=found,
        orders=queries.orders_of(key, staff_pages.after()),
        addresses=addresses_of(key),
        notes=written,
        names=actors.names((one.actor_kind, one.actor_id) for one in written),
        form=form,
    )


def _after() -> Cursor | None:
    try:
        return Cursor.read(request.args["after"], "guests", datetime) if request.args.get("after") else None
    except ValueError:
        return None
