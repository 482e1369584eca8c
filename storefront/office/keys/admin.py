"""Keys of programs for owners: which there are, a new one, and the end of one."""

from flask import Blueprint, Response, current_app, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from storefront.office.keys.forms import KeyForm
from storefront.platform import clock, http, security, staff_pages
from storefront.platform.errors import Refusal
from storefront.platform.json_api.operations import scopes
from storefront.platform.keys import actions, queries
from storefront.platform.pages import render
from storefront.shop.queries import facts

bp = Blueprint("office_keys", __name__)
security.staff_only(bp, "owner")
staff_pages.entry("office_keys.index", lazy_gettext("Keys for programs"), "shop", "owner", place=70)
staff_pages.confirmation("key-revoked", lambda _count: _("The key is revoked: it opens nothing any more."))


@bp.get("/admin/keys")
def index() -> Response:
    """Every key, the newest first."""
    return render("office/keys/index.html", keys=queries.of_the_shop(), now=clock.now())


@bp.get("/admin/keys/new")
def new() -> Response:
    """What a new one is called, may do, and when it ends."""
    security.demand_fresh()
    return _page(_form())


@bp.post("/admin/keys")
def create() -> Response:
    """Make it, and show it: this page alone does, and nobody can ask for it again."""
    security.demand_fresh()
    form = _form(request.form)
    if not form.validate():
        return _page(form, 422)
    try:
        made = actions.create_key(form.name.data or "", form.scopes.data or (), form.known, form.expires_at)
    except Refusal as refusal:
        return _page(form, refusal.status, refusal)
    response = render("office/keys/made.html", name=form.name.data, made=made)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.post(f"/admin/keys/{staff_pages.KEY}/revocation")
def revoke(key: int) -> Response:
    """From this moment it opens nothing."""
    actions.revoke_key(key)
    return http.see(".index", done="key-revoked")


def _form(typed: object = None) -> KeyForm:
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - documented
    return KeyForm(typed, known=scopes(app), zone=facts().time_zone)


def _page(form: KeyForm, status: int = 200, refusal: Refusal | None = None) -> Response:
    return render("office/keys/new.html", status=status, form=form, refusal=refusal)
