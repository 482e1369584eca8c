"""A picture in the place of the shop's name, on every page and letter head that shows it."""

from dataclasses import asdict

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from storefront.platform import http, refusals, security, staff_pages, storage, uploads
from storefront.platform.pages import render
from storefront.platform.uploads import BadPicture
from storefront.shop.actions import describe_shop

bp = Blueprint("office_logo", __name__)
security.staff_only(bp, "owner")
staff_pages.confirmation("logo-saved", lambda _n: _("The logo is on every page now."))
staff_pages.confirmation("logo-gone", lambda _n: _("The name stands on every page again."))


@bp.before_request
def allow_large() -> None:
    """A picture weighs more than any other form may."""
    if request.endpoint == f"{bp.name}.{save.__name__}":
        request.max_content_length = uploads.MAX_BYTES + 64 * 1024


@bp.get("/admin/settings/logo")
def show() -> Response:
    """What stands in the header."""
    return _shown()


@bp.post("/admin/settings/logo")
def save() -> Response:
    """Put another picture there."""
    sent = request.files.get("logo")
    content = sent.stream.read(uploads.MAX_BYTES + 1) if sent else b""
    if not content:
        return _shown(_("Please choose a picture."))
    try:
        stored = uploads.keep(content, storage.media())
    except BadPicture as refusal:
        refusals.note(refusal)
        return _shown(refusal.message())
    describe_shop(logo=asdict(stored))
    return http.see(".show", done="logo-saved")


@bp.post("/admin/settings/logo/removal")
def remove() -> Response:
    """Let the name stand there again."""
    describe_shop(logo=None)
    return http.see(".show", done="logo-gone")


def _shown(problem: str | None = None) -> Response:
    return render(
        "office/settings/logo.html",
        status=422 if problem else 200,
        problem=problem,
        largest=uploads.MAX_BYTES // 1024**2,
    )
