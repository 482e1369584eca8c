"""Forms that cannot be taken yet, as when nobody is signed in any more: shown again, to be sent again."""

from flask import Blueprint, Response, request

from storefront.platform import http, people, vouching
from storefront.platform.forms import readable
from storefront.platform.pages import render

FORM = "application/x-www-form-urlencoded"
MOST = 500  # fields that are carried on


def keep_forms(bp: Blueprint) -> None:
    """Lose nothing that was typed into a form of this blueprint. Say it before `staff_only`.

    Nothing of it is stored: the answer holds what was sent, so it is shown to nobody but its sender.
    """
    bp.before_request(_show_again)


def shown_again(page: str, status: int) -> Response | None:
    """A page that holds all fields of the form that was sent; None where there is nothing to hold."""
    if request.method != "POST" or request.mimetype != FORM:
        return None
    fields = [
        (readable(name), readable(value, lines=True))
        for name, values in request.form.lists()
        for value in values
        if name != vouching.FIELD
    ]
    if len(fields) > MOST:
        return None
    action, request_id = request.full_path.rstrip("?"), http.request_id()
    return render(page, status=status, fields=fields, action=action, request_id=request_id)


def _show_again() -> Response | None:
    if people.signed_in() is not None or not request.form:
        return None
    return shown_again("errors/signed_out.html", 401)
