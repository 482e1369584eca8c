"""/dev/mail: what would have been sent. In production there is no such place."""

from flask import Blueprint, Response, abort

from storefront.config import settings
from storefront.platform import mail, mailbox
from storefront.platform.mailbox import Kept
from storefront.platform.pages import render

bp = Blueprint("mailbox", __name__)
# A letter brings its own few styles, and must not do anything at all.
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'"
)


@bp.before_request
def only_in_development() -> None:
    """Everybody's mails would lie open."""
    if settings().production:
        abort(404)


@bp.get("/dev/mail")
def show() -> Response:
    """The latest mails."""
    return render("mailbox/show.html", letters=mailbox.newest(), has_server=mail.has_server())


@bp.get("/dev/mail/<name>")
def letter(name: str) -> Response:
    """One mail: its text, and the way to the rest of it."""
    return render("mailbox/letter.html", letter=_named(name))


@bp.get("/dev/mail/<name>/html")
def html(name: str) -> Response:
    """How mail programs show it."""
    response = Response(_named(name).html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = LETTER_POLICY
    return response


@bp.get("/dev/mail/<name>/files/<int:place>")
def attachment(name: str, place: int) -> Response:
    """What is attached to it."""
    files = _named(name).files
    if place >= len(files):
        abort(404)
    called, data, kind = files[place]
    response = Response(data, mimetype=kind if kind == "application/pdf" else "application/octet-stream")
    response.headers.set(
        "Content-Disposition", "inline" if kind == "application/pdf" else "attachment", filename=called
    )
    return response


def _named(name: str) -> Kept:
    found = mailbox.named(name)
    if found is None:
        abort(404)
    return found
