"""The second factor: asked for, set up, and its recovery codes."""

from flask import Blueprint, Response, request

from storefront.accounts import queries, second_factor, signing
from storefront.accounts.forms import CodeForm
from storefront.accounts.queries import Found
from storefront.accounts.refusals import WrongCode
from storefront.accounts.sign_in_views import onward
from storefront.platform import guard, http, limits, people
from storefront.platform.errors import Refusal
from storefront.platform.limits import limiter
from storefront.platform.pages import render
from storefront.platform.people import NotSignedIn

bp = Blueprint("second_factor", __name__)
people.private(bp)


def _sign_in() -> Found:
    """The sign-in of this browser, also while it is only half done. Raises NotSignedIn."""
    found = queries.sign_in_of(http.remembered(signing.COOKIE))
    if found is None:
        raise NotSignedIn
    return found


def _whose() -> str:
    found = queries.sign_in_of(http.remembered(signing.COOKIE))
    return f"second-factor:{found.signed_in.person.id if found else 0}"


@bp.get("/account/second-factor/code")
def ask() -> Response:
    """The code of the app."""
    found = _sign_in()
    form = CodeForm(data={"next": request.args.get("next")})
    if found.signed_in.second_factor == "missing":
        return http.see(".new")
    if found.signed_in.second_factor == "given":
        return onward(form.onward, staff=found.signed_in.is_staff)
    return render("accounts/code.html", form=form, refusal=None)


@bp.post("/account/second-factor/code")
@limiter.limit(limits.SIGN_IN)
@limiter.limit(limits.SIGN_IN, key_func=_whose)
def give() -> Response:
    """It opens the door once."""
    found, form = _sign_in(), CodeForm(request.form)
    refusal: Refusal | None = None
    if form.validate():
        try:
            second_factor.give(found.signed_in.person.id, found.signed_in.sign_in_id, form.code.data or "")
        except WrongCode as wrong:
            refusal = wrong
        else:
            return onward(form.onward, staff=found.signed_in.is_staff)
    return render("accounts/code.html", status=422, form=form, refusal=refusal)


@bp.get("/account/second-factor")
def new() -> Response:
    """What to photograph with the app; or, once it is set up, what to do when it is lost."""
    person = people.demand_fresh()
    if people.demand_signed_in().second_factor != "missing":
        return render("accounts/second_factor.html", left=queries.codes_left(person.id))
    secret = guard.one_time_codes().generate_totp_secret()
    return _set_up(CodeForm(data={"next": request.args.get("next"), "secret": secret}))


@bp.post("/account/second-factor")
@limiter.limit(limits.SIGN_IN)
def create() -> Response:
    """The first code shows that it works; then come the recovery codes, this once."""
    person, form = people.demand_fresh(), CodeForm(request.form)
    found = people.demand_signed_in()
    if found.second_factor == "none":
        raise people.SecondFactorOwed
    secret = form.secret.data or ""
    if not guard.one_time_codes().is_ours(secret):
        return http.see(".new")
    if not form.validate():
        return _set_up(form, 422)
    try:
        codes = second_factor.set_up(person.id, found.sign_in_id, secret, form.code.data or "")
    except WrongCode as refusal:
        return _set_up(form, refusal.status, refusal)
    return render(
        "accounts/recovery_codes.html", codes=codes, onward=_way_on(form.onward, staff=found.is_staff)
    )


@bp.post("/account/recovery-codes")
def renew() -> Response:
    """Other codes; those of before open nothing any more."""
    person = people.demand_fresh()
    found = people.demand_signed_in()
    if found.second_factor != "given":
        raise people.SecondFactorOwed
    codes = second_factor.renew_codes(person.id)
    return render("accounts/recovery_codes.html", codes=codes, onward=_way_on("", staff=found.is_staff))


def _way_on(path: str, *, staff: bool) -> str:
    return path or http.address_of("office_home.show" if staff else "account.show")


def _set_up(form: CodeForm, status: int = 200, refusal: Refusal | None = None) -> Response:
    codes, secret, person = guard.one_time_codes(), form.secret.data or "", people.demand_person()
    return render(
        "accounts/second_factor_new.html",
        status=status,
        form=form,
        refusal=refusal,
        picture=codes.generate_qrcode(person.email, secret),
        key=codes.get_totp_pretty_key(secret),
    )
