"""Forms that come when nobody is signed in any more: shown again whole, to be sent once more."""

from flask import Blueprint, Response, request

from storefront.platform import people
from storefront.platform.forms import readable
from storefront.platform.pages import render

FORM = "application/x-www-form-urlencoded"
MOST = 500  # fields that are carried on


def keep_forms(bp: Blueprint) -> None:
    """Lose nothing that was typed into a form of this blueprint. Say it before `staff_only`.

    Nothing of it is stored: the answer holds what was sent, so it is shown to nobody but its sender.
    """
    bp.before_request(_show_again)


def _show_again() -> Response | None:
    sent = request.method == "POST" and request.mimetype == FORM
    if not sent or people.signed_in() is not None:
        return None
    fields = [
        (readable(name), readable(value, lines=True))
        for name, values in request.form.lists()
        for value in values
    ]
    if not fields or len(fields) > MOST:
        return None
    return render("errors/signed_out.html", status=401, fields=fields, action=request.full_path.rstrip("?"))
