"""Staff's redirects: where the addresses of an earlier shop lead; and shoppers who follow one."""

from typing import Any

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import NotFound as NoSuchPage

from storefront.catalog.redirects import actions, queries
from storefront.catalog.redirects.models import MAX_PATH
from storefront.catalog.refusals import BadWish
from storefront.platform import db, http, refusals, staff_pages
from storefront.platform.errors import NotFound
from storefront.platform.forms import readable
from storefront.platform.kept_forms import keep_forms
from storefront.platform.pages import render
from storefront.platform.people import staff_only

bp = Blueprint("redirects_admin", __name__, url_prefix="/admin/redirects")
keep_forms(bp)
staff_only(bp, "catalogue")
staff_pages.entry("redirects_admin.index", lazy_gettext("Redirects"), "catalogue", "catalogue", place=80)
_SAVED: Any = lazy_gettext("The old address leads on.")
_GONE: Any = lazy_gettext("The address leads nowhere now.")
staff_pages.confirmation("redirect-saved", lambda _count: str(_SAVED))
staff_pages.confirmation("redirect-gone", lambda _count: str(_GONE))


@bp.get("")
def index() -> Response:
    """All of them, by their paths."""
    return _page({})


@bp.post("")
def create() -> Response:
    """Let an address lead on."""
    typed = {name: readable(request.form.get(name, ""))[: MAX_PATH * 2] for name in ("path", "target")}
    try:
        actions.set_redirect(typed["path"], typed["target"])
    except BadWish as refusal:
        refusals.note(refusal)
        return _page(typed, {refusal.field: refusal.message()}, status=422)
    return http.see(".index", done="redirect-saved")


@bp.post("/deletion")
def delete() -> Response:
    """Let it lead nowhere."""
    actions.forget_redirect(request.form.get("path", "").replace("\0", ""))
    return http.see(".index", done="redirect-gone")


@bp.app_errorhandler(404)
def lead_on(error: NoSuchPage) -> Response:
    """An address without a page may be one that leads on; any other is as wrong as it was."""
    return _led_on() or refusals.failed(error)


@bp.app_errorhandler(NotFound)
def lead_on_from_what_is_gone(gone: NotFound) -> Response:
    """The same for a product, a shelf or a page that is not there any more."""
    return _led_on() or refusals.refused(gone)


def _led_on() -> Response | None:
    """Without its database the shop knows of no redirects, and goes on saying that there is no such page."""
    if request.method not in ("GET", "HEAD") or actions.OURS.match(request.path):
        return None
    try:
        target = queries.target_of(request.path)
        db.release()
    except SQLAlchemyError:
        db.release_quietly()
        return None
    return http.lead_to(target) if target else None


def _page(typed: dict[str, str], wrong: dict[str, str] | None = None, status: int = 200) -> Response:
    words = staff_pages.words("q")
    rows, following = queries.page(words, request.args.get("after", "").replace("\0", ""))
    return render(
        "catalog/admin/redirects.html",
        status=status,
        rows=rows,
        next=following,
        words=words,
        typed=typed,
        wrong=wrong or {},
        most=MAX_PATH,
    )
