"""The cache: what a save refreshes by itself, how pages came, and a way to forget them."""

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from storefront.office.kept import queries
from storefront.office.kept.actions import EVERY_PAGE, forget_pages
from storefront.office.kept.forms import TagForm
from storefront.platform import http, security, staff_pages
from storefront.platform.pages import render

bp = Blueprint("office_kept", __name__)
security.staff_only(bp, "owner")
staff_pages.entry("office_kept.show", lazy_gettext("Cache"), "shop", "owner", place=70)
staff_pages.confirmation("pages-forgotten", lambda _n: _("They are built anew when somebody asks for them."))


@bp.get("/admin/cache")
def show() -> Response:
    """How pages came, and what refreshes them."""
    return _shown(TagForm())


@bp.post("/admin/cache/purges")
def purge() -> Response:
    """Forget the pages that tell of something, or all of them."""
    if "everything" in request.form:
        forget_pages(EVERY_PAGE)
        return http.see(".show", done="pages-forgotten")
    form = TagForm(request.form)
    if not form.validate():
        return _shown(form, 422)
    forget_pages([form.tag.data or ""])
    return http.see(".show", done="pages-forgotten")


def _shown(form: TagForm, status: int = 200) -> Response:
    return render("office/kept/show.html", status=status, kept=queries.kept(), form=form)
