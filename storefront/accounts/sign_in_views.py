"""Sign in, sign out, and the password once more."""

from flask import Blueprint, Response, request

from storefront.accounts import actions, emails, signing
from storefront.accounts.actions import Opened
from storefront.accounts.forms import PasswordForm, SignInForm
from storefront.accounts.refusals import Unconfirmed, WrongPassword
from storefront.platform import http, limits, people, refusals, turnstile
from storefront.platform.errors import Refusal
from storefront.platform.limits import limiter
from storefront.platform.pages import render
from storefront.platform.people import Person
from storefront.platform.turnstile import TooManyAtOnce

bp = Blueprint("sign_in", __name__)
people.private(bp)
turnstile.stands_before("sign_in.create", "sign_in.prove")
WRONG = (WrongPassword, Unconfirmed, TooManyAtOnce)


def account_typed() -> str:
    """Whose account is knocked at, so that nobody tries many passwords from many addresses."""
    return f"account:{emails.key_of(request.form.get('email', ''))[:300]}"


@bp.get("/account/sign-in")
def new() -> Response:
    """The door; who is in already goes on."""
    form = SignInForm(data={"next": http.local(request.args.get("next"))})
    found = people.signed_in()
    if found:
        return onward(form.onward, staff=found.is_staff)
    return _page(form)


@bp.post("/account/sign-in")
@limiter.limit(limits.SIGN_IN)
@limiter.limit(limits.SIGN_IN, key_func=account_typed)
def create() -> Response:
    """Come in."""
    form = SignInForm(request.form)
    if not form.validate():
        return _page(form, 422)
    before = http.remembered(signing.COOKIE)
    try:
        opened = actions.sign_in(form.email.data or "", form.password.data or "", http.browser(), before)
    except WRONG as refusal:
        return _page(form, refusal.status, refusal)
    return let_in(opened, form.onward)


@bp.post("/account/sign-out")
def delete() -> Response:
    """Leave; whoever uses this browser next finds neither the account nor its cart."""
    response = http.leave_for("catalog.home")
    if key := http.remembered(signing.COOKIE):
        actions.sign_out(key)
        for name in (signing.COOKIE, "cart"):
            http.forget(response, name)
    return response


@bp.get("/account/again")
def again() -> Response:
    """What is behind this page is dangerous, so the password is asked for once more."""
    form = PasswordForm(data={"next": request.args.get("next")})
    return _once_more(people.demand_person(), form)


@bp.post("/account/again")
@limiter.limit(limits.SIGN_IN)
def prove() -> Response:
    """It was typed."""
    found = people.demand_signed_in()
    form = PasswordForm(request.form)
    refusal: Refusal | None = None
    if form.validate():
        try:
            actions.prove_again(found.person.id, found.sign_in_id, form.password.data or "")
        except (WrongPassword, TooManyAtOnce) as wrong:
            refusal = wrong
        else:
            return onward(form.onward)
    return _once_more(found.person, form, refusal.status if refusal else 422, refusal)


def let_in(opened: Opened, path: str = "") -> Response:
    """Give the browser its secret; who owes a second factor is asked for it."""
    if opened.owes_second_factor:
        response = http.leave_for("second_factor.ask", **({"next": path} if path else {}))
    else:
        response = onward(path)
    http.remember(response, signing.COOKIE, opened.key)
    return response


def onward(path: str, *, staff: bool = False) -> Response:
    """Where they wanted to go, or to their account; staff to their desk."""
    return http.go(path) if path else http.leave_for("office_home.show" if staff else "account.show")


def _once_more(
    person: Person, form: PasswordForm, status: int = 200, refusal: Refusal | None = None
) -> Response:
    return render("accounts/again.html", status=status, email=person.email, form=form, refusal=refusal)


def _page(form: SignInForm, status: int = 200, refusal: Refusal | None = None) -> Response:
    if refusal:
        refusals.note(refusal)
    response = render("accounts/sign_in.html", status=status, form=form, refusal=refusal)
    if status == 503:
        response.headers["Retry-After"] = str(refusals.RETRY_AFTER)
    return response
