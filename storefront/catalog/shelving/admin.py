"""Staff's shelves: the tree, with what can be done to each of them."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext

from storefront.catalog.models import Category
from storefront.catalog.product_forms import version_of
from storefront.catalog.refusals import BadWish, ShelfGone, ShelfInUse, Taken
from storefront.catalog.shelving import actions
from storefront.catalog.shelving.actions import EditShelf, ShelfFacts
from storefront.catalog.shelving.listing import branches
from storefront.catalog.shelving.refusals import StaleShelf
from storefront.catalog.shelving.shelf_forms import ShelfForm
from storefront.platform import db, http, refusals, staff_pages
from storefront.platform.errors import NotFound, Refusal
from storefront.platform.kept_forms import keep_forms
from storefront.platform.pages import render
from storefront.platform.people import staff_only

bp = Blueprint("shelves_admin", __name__, url_prefix="/admin/shelves")
keep_forms(bp)
staff_only(bp, "catalogue")
staff_pages.entry("shelves_admin.index", lazy_gettext("Shelves"), "catalogue", "catalogue", place=30)
ONE = f"/{staff_pages.KEY}"


def _saying(words: Any) -> Callable[[int], str]:
    return lambda _count: str(words)


for _name, _words in {
    "shelf-made": lazy_gettext("The shelf is up."),
    "shelf-saved": lazy_gettext("The shelf is saved."),
    "shelf-moved": lazy_gettext("The shelf stands there now, with all that stands on it."),
    "shelf-gone": lazy_gettext("The shelf is gone; its address leads to where its things went."),
}.items():
    staff_pages.confirmation(_name, _saying(_words))


@bp.get("")
def index() -> Response:
    """The whole tree, and the form of a new shelf."""
    return _tree(ShelfForm(parents=branches()))


@bp.post("")
def create() -> Response:
    """Put up a shelf."""
    form = ShelfForm(request.form, parents=branches())
    if not form.validate():
        return _tree(form, status=422)
    try:
        actions.create_shelf(form.facts(), form.parent_id())
    except (Taken, BadWish, ShelfGone) as refusal:
        return _tree(form, refusal=refusal)
    return http.see(".index", done="shelf-made")


@bp.get(ONE)
def edit(key: int) -> Response:
    """What a shelf is called and says, where it stands, and how it goes away."""
    shelf = _found(key)
    return _page(shelf, _form(shelf))


@bp.post(ONE)
def update(key: int) -> Response:
    """Call it so."""
    shelf = _found(key)
    form = ShelfForm(request.form, parents=branches())
    if not form.validate():
        return _page(shelf, form, status=422)
    try:
        actions.edit_shelf(key, EditShelf(version_of(request.form.get("version")), form.facts()))
    except StaleShelf as stale:
        return _page(_found(key), form, refusal=stale, theirs=stale.theirs)
    except (Taken, BadWish) as refusal:
        return _page(shelf, form, refusal=refusal)
    return http.see(".edit", key=key, done="shelf-saved")


@bp.post(f"{ONE}/parent")
def move(key: int) -> Response:
    """Let it stand elsewhere."""
    shelf = _found(key)
    form = ShelfForm(request.form, parents=branches())
    try:
        actions.move_shelf(key, form.parent_id())
    except (BadWish, Taken, ShelfGone) as refusal:
        return _page(shelf, _form(shelf), refusal=refusal)
    return http.see(".edit", key=key, done="shelf-moved")


@bp.post(f"{ONE}/place")
def order(key: int) -> Response:
    """One place further up among its neighbours, or further down."""
    actions.order_shelf(key, -1 if request.form.get("way") == "up" else 1)
    return http.see(".index", _anchor=f"shelf-{key}")


@bp.post(f"{ONE}/deletion")
def delete(key: int) -> Response:
    """Take it away; what stands on it goes where somebody says."""
    shelf = _found(key)
    target = request.form.get("to", "")
    known = target.isascii() and target.isdigit() and len(target) < 19
    try:
        actions.delete_shelf(key, int(target) if known else None)
    except (ShelfInUse, ShelfGone, BadWish, Taken) as refusal:
        return _page(shelf, _form(shelf), refusal=refusal)
    return http.see(".index", done="shelf-gone")


def _found(key: int) -> Category:
    shelf = db.session.get(Category, key)
    if shelf is None:
        raise NotFound
    return shelf


def _form(shelf: Category) -> ShelfForm:
    facts = ShelfFacts(shelf.title, shelf.slug, shelf.description)
    return ShelfForm(parents=branches(), facts=facts, parent_id=shelf.parent_id)


def _tree(form: ShelfForm, status: int = 200, refusal: Refusal | None = None) -> Response:
    status = form.blame(refusal) if refusal else status
    if refusal:
        refusals.note(refusal)
    return render("catalog/admin/shelves.html", status=status, branches=branches(counted=True), form=form)


def _page(
    shelf: Category,
    form: ShelfForm,
    status: int = 200,
    refusal: Refusal | None = None,
    theirs: ShelfFacts | None = None,
) -> Response:
    if refusal:
        refusals.note(refusal)
    return render(
        "catalog/admin/shelf.html",
        status=refusal.status if refusal else status,
        shelf=shelf,
        form=form,
        refusal=refusal,
        theirs=theirs,
        branches=branches(),
    )
