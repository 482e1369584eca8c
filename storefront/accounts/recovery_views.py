"""The password is forgotten: a letter, and by its link another password."""

from flask import Blueprint, Response, request

from storefront.accounts import keys, owning, queries
from storefront.accounts.forms import EmailForm, NewPasswordForm
from storefront.accounts.sign_in_views import account_typed
from storefront.platform import http, limits, people, turnstile
from storefront.platform.errors import Refusal
from storefront.platform.limits import limiter
from storefront.platform.pages import render
from storefront.platform.turnstile import TooManyAtOnce

bp = Blueprint("recovery", __name__)
people.private(bp)
turnstile.stands_before("recovery.update")


@bp.get("/account/forgotten")
def new() -> Response:
    """Which address."""
    return render("accounts/forgotten.html", form=EmailForm())


@bp.post("/account/forgotten")
@limiter.limit(limits.SIGN_IN)
@limiter.limit(limits.RESET, key_func=account_typed)
def create() -> Response:
    """The answer is the same whether there is such an account or not."""
    form = EmailForm(request.form)
    if not form.validate():
        return render("accounts/forgotten.html", status=422, form=form)
    owning.forget_password(form.email.data or "")
    return http.leave_for(".sent")


@bp.get("/account/forgotten/sent")
def sent() -> Response:
    """Look into your mailbox."""
    return render("accounts/forgotten_sent.html")


@bp.get("/account/new-password/<token>")
def edit(token: str) -> Response:
    """Choose another one."""
    return _page(token, NewPasswordForm())


@bp.post("/account/new-password/<token>")
@limiter.limit(limits.SIGN_IN)
def update(token: str) -> Response:
    """It is chosen; whoever was signed in is not any more."""
    form = NewPasswordForm(request.form)
    if not form.validate():
        return _page(token, form, 422)
    try:
        owning.reset_password(token, form.new_password.data or "")
    except TooManyAtOnce as refusal:
        return _page(token, form, refusal.status, refusal)
    return http.leave_for("sign_in.new", done="password")


def _page(token: str, form: NewPasswordForm, status: int = 200, refusal: Refusal | None = None) -> Response:
    account = queries.account(keys.read(token, "reset", "invite").account_id)
    return render(
        "accounts/new_password.html", status=status, form=form, account=account, token=token, refusal=refusal
    )
