"""What somebody is called, their password, and their address of mail."""

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from storefront.accounts import keys, owning, queries, signing
from storefront.accounts.forms import ChangePasswordForm, DetailsForm, EmailForm
from storefront.accounts.refusals import LinkOver, WrongPassword
from storefront.platform import http, limits, people, turnstile
from storefront.platform.errors import Refusal
from storefront.platform.limits import limiter
from storefront.platform.pages import render
from storefront.platform.turnstile import TooManyAtOnce

bp = Blueprint("details", __name__)
people.private(bp)
turnstile.stands_before("details.update_password")


@bp.get("/account/details")
def edit() -> Response:
    """Name and telephone."""
    account = queries.account(people.demand_person().id)
    return _details(DetailsForm(data={"name": account.name, "phone": account.phone}))


@bp.post("/account/details")
def update() -> Response:
    """They are other ones."""
    person, form = people.demand_person(), DetailsForm(request.form)
    if not form.validate():
        return _details(form, 422)
    owning.change_details(person.id, form.name.data or "", form.phone.data or "")
    return http.see(".edit", done="details")


@bp.get("/account/password")
def edit_password() -> Response:
    """The current one, and another."""
    people.demand_person()
    return _password(ChangePasswordForm())


@bp.post("/account/password")
@limiter.limit(limits.SIGN_IN)
def update_password() -> Response:
    """Another one; whoever else was signed in is not any more."""
    found, form = people.demand_signed_in(), ChangePasswordForm(request.form)
    if not form.validate():
        return _password(form, 422)
    factor = "given" if found.second_factor == "given" else "none"
    current, new = form.password.data or "", form.new_password.data or ""
    try:
        key = owning.change_password(found.person.id, current, new, http.browser(), factor)
    except WrongPassword:
        form.password.errors = [_("This is not your current password.")]
        return _password(form, 422)
    except TooManyAtOnce as refusal:
        return _password(form, refusal.status, refusal)
    response = http.see(".edit", done="password")
    http.remember(response, signing.COOKIE, key)
    return response


@bp.get("/account/email")
def edit_email() -> Response:
    """Which address from now on."""
    people.demand_fresh()
    return render("accounts/email.html", form=EmailForm())


@bp.post("/account/email")
@limiter.limit(limits.SIGN_UP)
def update_email() -> Response:
    """A link goes there, a word to the old one; the answer is the same when somebody else has it."""
    person, form = people.demand_fresh(), EmailForm(request.form)
    if not form.validate():
        return render("accounts/email.html", status=422, form=form)
    owning.ask_to_change_email(person.id, form.email.data or "")
    return http.see(".edit", done="email-asked")


@bp.get("/account/email/<token>")
def confirm_email(token: str) -> Response:
    """A link was opened; a person presses the button."""
    person = people.demand_person()
    key = keys.read(token, "change-email")
    if key.account_id != person.id:
        raise LinkOver
    return render("accounts/email_confirm.html", email=key.email, token=token)


@bp.post("/account/email/<token>")
def change_email(token: str) -> Response:
    """It is the address from now on."""
    owning.change_email(people.demand_person().id, token)
    return http.see(".edit", done="email")


def _details(form: DetailsForm, status: int = 200) -> Response:
    return render("accounts/details.html", status=status, form=form, person=people.demand_person())


def _password(form: ChangePasswordForm, status: int = 200, refusal: Refusal | None = None) -> Response:
    email = people.demand_person().email
    return render("accounts/password.html", status=status, email=email, form=form, refusal=refusal)
