"""Somebody's account: its first page, and in which browsers they are signed in."""

from flask import Blueprint, Request, Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from storefront.accounts import actions, queries, signing
from storefront.platform import account_pages, guard, http, people
from storefront.platform.pages import render
from storefront.platform.people import SignedIn

bp = Blueprint("account", __name__)
people.private(bp)
MAX_ID = 2**63 - 1


def who_asks(_request: Request) -> SignedIn | None:
    """Who is signed in in this browser; noted once in a while, so that idle sign-ins end."""
    key = http.remembered(signing.COOKIE)
    found = queries.sign_in_of(key)
    if key is None or found is None or found.owes_second_factor:
        return None
    if found.worth_noting:
        actions.note_seen(found.signed_in.sign_in_id)
        http.remember_instead(signing.COOKIE, key)  # Its days are counted from the last visit.
    return found.signed_in


account_pages.entry("account.show", lazy_gettext("Your account"), 0)
account_pages.entry("addresses.index", lazy_gettext("Addresses"), 20)
account_pages.entry("details.edit", lazy_gettext("Details and password"), 30)
account_pages.entry("account.sign_ins", lazy_gettext("Where you are signed in"), 40)
account_pages.entry("second_factor.new", lazy_gettext("Second factor"), 45)
for name, words in {
    "details": lambda: _("Your details are changed."),
    "password": lambda: _(
        "Your new password works from now on. Wherever else you were signed in, you are not any more."
    ),
    "email-asked": lambda: _(
        "A letter with a link is on its way to the new address. Until it is opened, nothing changes."
    ),
    "email": lambda: _("This is your e-mail address from now on."),
    "others": lambda: _("You are signed in here alone."),
}.items():
    account_pages.confirmation(name, words)
bp.record_once(lambda state: guard.login_manager(state.app).request_loader(who_asks))


@bp.get("/account")
def show() -> Response:
    """The ways on from here."""
    return render("accounts/show.html", person=people.demand_person())


@bp.get("/account/sign-ins")
def sign_ins() -> Response:
    """In which browsers, and since when."""
    found = people.demand_signed_in()
    rows = queries.sign_ins_of(found.person.id)
    return render("accounts/sign_ins.html", sign_ins=rows, here=found.sign_in_id)


@bp.post("/account/sign-ins/others/end")
def end_others() -> Response:
    """Only here from now on."""
    found = people.demand_signed_in()
    actions.end_other_sign_ins(found.person.id, found.sign_in_id)
    return http.see(".sign_ins", done="others")


@bp.post(f"/account/sign-ins/<int(max={MAX_ID}):sign_in_id>/end")
def end(sign_in_id: int) -> Response:
    """Not in that browser any more."""
    actions.end_sign_in(people.demand_person().id, sign_in_id)
    return http.see(".sign_ins")
