"""Sign up, and confirm the address by the link of a letter."""

from flask import Blueprint, Response, request

from storefront.accounts import actions, keys, queries
from storefront.accounts.forms import PasswordForm, SignUpForm
from storefront.accounts.refusals import WrongPassword
from storefront.accounts.sign_in_views import let_in
from storefront.platform import http, limits, people, refusals, turnstile
from storefront.platform.errors import Refusal
from storefront.platform.limits import limiter
from storefront.platform.pages import render
from storefront.platform.turnstile import TooManyAtOnce

bp = Blueprint("sign_up", __name__)
people.private(bp)
turnstile.stands_before("sign_up.create", "sign_up.confirm")


@bp.get("/account/sign-up")
def new() -> Response:
    """What an account is good for, and what it takes."""
    return _page(SignUpForm())


@bp.post("/account/sign-up")
@limiter.limit(limits.SIGN_UP)
def create() -> Response:
    """The answer is the same whether the address has an account or not: a letter is on its way."""
    form = SignUpForm(request.form)
    if not form.validate():
        return _page(form, 422)
    try:
        actions.sign_up(form.wish())
    except TooManyAtOnce as refusal:
        return _page(form, refusal.status, refusal)
    return http.leave_for(".sent")


@bp.get("/account/sign-up/sent")
def sent() -> Response:
    """Look into your mailbox."""
    return render("accounts/sign_up_sent.html")


@bp.get("/account/confirmation/<token>")
def confirmation(token: str) -> Response:
    """A link was opened, which a mail program may have done by itself: a person types the password."""
    return _confirmation(token, PasswordForm())


@bp.post("/account/confirmation/<token>")
@limiter.limit(limits.SIGN_IN)
def confirm(token: str) -> Response:
    """The address is theirs, and they are signed in."""
    form = PasswordForm(request.form)
    if not form.validate():
        return _confirmation(token, form, 422)
    try:
        opened = actions.confirm(token, form.password.data or "", http.browser())
    except (WrongPassword, TooManyAtOnce) as refusal:
        return _confirmation(token, form, refusal.status, refusal)
    return let_in(opened)


def _confirmation(
    token: str, form: PasswordForm, status: int = 200, refusal: Refusal | None = None
) -> Response:
    account = queries.account(keys.read(token, "confirm").account_id)
    return render(
        "accounts/confirmation.html", status=status, form=form, account=account, token=token, refusal=refusal
    )


def _page(form: SignUpForm, status: int = 200, refusal: Refusal | None = None) -> Response:
    if refusal:
        refusals.note(refusal)
    return render("accounts/sign_up.html", status=status, form=form, refusal=refusal)
