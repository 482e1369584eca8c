"""Somebody's address book."""

from flask import Blueprint, Response, request

from storefront.accounts import address_book, queries
from storefront.accounts.forms import BookForm
from storefront.accounts.refusals import AddressBookFull
from storefront.platform import http, people
from storefront.platform.addresses import countries
from storefront.platform.errors import Refusal
from storefront.platform.pages import render

bp = Blueprint("addresses", __name__)
people.private(bp)
ONE = f"/account/addresses/<int(max={2**63 - 1}):address_id>"


@bp.get("/account/addresses")
def index() -> Response:
    """All of them."""
    return render("accounts/addresses.html", addresses=queries.addresses_of(people.demand_person().id))


@bp.get("/account/addresses/new")
def new() -> Response:
    """An empty page."""
    return _page(BookForm(data={"name": people.demand_person().name}))


@bp.post("/account/addresses")
def create() -> Response:
    """Write it down."""
    person, form = people.demand_person(), BookForm(request.form)
    if not form.validate():
        return _page(form, 422)
    try:
        address_book.add_address(person.id, form.letter(), **_uses(form))
    except AddressBookFull as refusal:
        return _page(form, refusal.status, refusal=refusal)
    return http.see(".index")


@bp.post("/account/addresses/form")
def redraw() -> Response:
    """The same page for another country; nothing is refused yet. Raises NotFound, for others' pages too."""
    person = people.demand_person()
    of = request.form.get("of", "")
    mine = (
        queries.address_of(person.id, int(of)).id if of.isascii() and of.isdigit() and len(of) < 19 else None
    )
    return _page(BookForm(request.form), address_id=mine)


@bp.get(ONE)
def edit(address_id: int) -> Response:
    """One of them. Raises NotFound, for others' too."""
    address = queries.address_of(people.demand_person().id, address_id)
    return _page(BookForm(data=vars(address)), address_id=address_id)


@bp.post(ONE)
def update(address_id: int) -> Response:
    """Write it anew."""
    person, form = people.demand_person(), BookForm(request.form)
    queries.address_of(person.id, address_id)
    if not form.validate():
        return _page(form, 422, address_id)
    address_book.change_address(person.id, address_id, form.letter(), **_uses(form))
    return http.see(".index")


@bp.post(f"{ONE}/removal")
def delete(address_id: int) -> Response:
    """Take it out."""
    address_book.remove_address(people.demand_person().id, address_id)
    return http.see(".index")


def _uses(form: BookForm) -> dict[str, bool]:
    return {"for_delivery": form.for_delivery.data, "for_billing": form.for_billing.data}


def _page(
    form: BookForm, status: int = 200, address_id: int | None = None, refusal: Refusal | None = None
) -> Response:
    return render(
        "accounts/address.html",
        "accounts/_address.html",
        status=status,
        form=form,
        address_id=address_id,
        refusal=refusal,
        all_countries=countries(),
    )
