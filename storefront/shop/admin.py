"""Staff's content pages: what the shop says about itself, in the merchant's words or in ours."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext

from storefront.platform import http, prose, refusals, staff_pages
from storefront.platform.errors import NotFound
from storefront.platform.kept_forms import keep_forms
from storefront.platform.pages import render
from storefront.platform.people import staff_only
from storefront.shop import content, queries, writing
from storefront.shop.page_forms import PageForm
from storefront.shop.refusals import BadFact, StalePage

bp = Blueprint("shop_admin", __name__, url_prefix="/admin/pages")
keep_forms(bp)
staff_only(bp, "catalogue")
staff_pages.entry("shop_admin.index", lazy_gettext("Pages"), "shop", "catalogue", place=10)
_SAVED: Any = lazy_gettext("The page is saved.")
_OURS: Any = lazy_gettext("Your words are gone from this page.")
staff_pages.confirmation("page-saved", lambda _count: str(_SAVED))
staff_pages.confirmation("page-restored", lambda _count: str(_OURS))


@dataclass(frozen=True, slots=True)
class Listed:
    """A page, and whose words it says."""

    name: str
    title: Any
    own: bool


@bp.get("")
def index() -> Response:
    """All pages."""
    own = dict(queries.facts().own_pages)
    pages = [Listed(name, title, name in own) for name, title in content.titles(own.items()).items()]
    return render("shop/admin/index.html", pages=pages)


@bp.get("/new")
def new() -> Response:
    """The form of a page of the merchant's own."""
    return _page("", PageForm(data={"version": "0"}))


@bp.post("/new")
def create() -> Response:
    """Write it."""
    form = PageForm(request.form)
    return _save(form.name.data or "", form, new=True)


@bp.get("/<name>")
def edit(name: str) -> Response:
    """What a page says now."""
    found, own = content.written(name), queries.page(name)
    if found is None:
        raise NotFound
    words = {"title": str(found.title), "summary": str(found.summary), "body": found.body}
    form = PageForm(data=words | {"name": name, "version": str(own.version if own else 0)})
    return _page(name, form)


@bp.post("/<name>")
def update(name: str) -> Response:
    """Let it say this."""
    if content.written(name) is None:
        raise NotFound
    return _save(name, PageForm(request.form), new=False)


@bp.post("/<name>/restoring")
def restore(name: str) -> Response:
    """Take the merchant's words away."""
    writing.restore_page(name)
    return http.see(".index", done="page-restored")


def _save(name: str, form: PageForm, *, new: bool) -> Response:
    at = "" if new else name
    if "preview" in request.form:
        return _page(at, form)
    form.name.data = name
    if not form.validate():
        return _page(at, form, status=422)
    words = (form.title.data or "", form.summary.data or "", form.text())
    try:
        writing.write_page(name, *words, version=0 if new else form.seen())
    except StalePage as stale:
        refusals.note(stale)
        form.version.data = str(stale.version)
        return _page(at, form, status=409, stale=stale)
    except BadFact as bad:
        form.name.errors = [*form.name.errors, bad.message()]
        return _page(at, form, status=422)
    return http.see(".edit", name=name, done="page-saved")


def _page(name: str, form: PageForm, status: int = 200, stale: StalePage | None = None) -> Response:
    return render(
        "shop/admin/edit.html",
        "shop/admin/_written.html",
        status=status,
        name=name,
        form=form,
        stale=stale,
        own=name in dict(queries.facts().own_pages),
        written=prose.html(form.body.data or "") if "preview" in request.form else "",
    )
