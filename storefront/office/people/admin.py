"""Staff: who works here, invite somebody, change what they may do, sign them out, suspend them."""

from collections.abc import Callable

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from storefront.accounts import queries as accounts
from storefront.accounts import staffing
from storefront.accounts.staffing import Hire, LastOwner
from storefront.office.people import queries
from storefront.office.people.forms import LABELS, InviteForm, RolesForm
from storefront.platform import http, refusals, security, staff_pages
from storefront.platform.errors import Refusal
from storefront.platform.pages import render

bp = Blueprint("office_people", __name__)
security.staff_only(bp, "owner")
staff_pages.entry("office_people.index", lazy_gettext("Staff"), "shop", "owner", place=20)
staff_pages.confirmation(
    "staff-invited", lambda _n: _("They are staff now. Whoever has no password yet gets a letter.")
)
staff_pages.confirmation("roles-changed", lambda _n: _("Changed. They have to sign in again."))
staff_pages.confirmation("sign-ins-ended", lambda _n: _("They are signed out everywhere."))
staff_pages.confirmation("staff-suspended", lambda _n: _("They are signed out, and cannot sign in."))
staff_pages.confirmation("staff-let-in", lambda _n: _("They can sign in again."))
staff_pages.confirmation("factor-removed", lambda _n: _("They set up a new second factor when they sign in."))
staff_pages.confirmation(
    "staff-left", lambda _n: _("They are no longer staff. Their account is a customer's now.")
)
ONE = f"/admin/staff/{staff_pages.KEY}"


@bp.get("/admin/staff")
def index() -> Response:
    """Everybody who works here."""
    return render("office/people/index.html", colleagues=queries.everybody(), labels=LABELS)


@bp.get("/admin/staff/new")
def new() -> Response:
    """The form for somebody who comes to work here."""
    security.demand_fresh()
    return _invitation(InviteForm())


@bp.post("/admin/staff")
def create() -> Response:
    """Invite them by mail; who has an account already gets the roles."""
    security.demand_fresh()
    form = InviteForm(request.form)
    if not form.validate():
        return _invitation(form, 422)
    key = staffing.hire(Hire(form.name.data or "", form.email.data or "", form.chosen))
    return http.see(".show", key=key, done="staff-invited")


@bp.get(ONE)
def show(key: int) -> Response:
    """One of them: roles, second factor, where they are signed in."""
    return _page(key)


@bp.post(f"{ONE}/roles")
def change_roles(key: int) -> Response:
    """They may do other things from now on."""
    security.demand_fresh()
    queries.colleague(key)
    form = RolesForm(request.form)
    if not form.validate():
        return _page(key, form=form)
    return _done(key, lambda: staffing.change_roles(key, form.chosen), "roles-changed")


@bp.post(f"{ONE}/departure")
def leave(key: int) -> Response:
    """They do not work here any more."""
    security.demand_fresh()
    queries.colleague(key)
    try:
        staffing.change_roles(key, ())
    except LastOwner as refusal:
        return _page(key, refusal=refusal)
    return http.see(".index", done="staff-left")


@bp.post(f"{ONE}/suspension")
def suspend(key: int) -> Response:
    """They cannot sign in until they are let in again."""
    security.demand_fresh()
    return _done(key, lambda: staffing.suspend(key), "staff-suspended")


@bp.post(f"{ONE}/readmission")
def let_in(key: int) -> Response:
    """They can sign in again."""
    security.demand_fresh()
    return _done(key, lambda: staffing.let_in_again(key), "staff-let-in")


@bp.post(f"{ONE}/sign-ins/end")
def end_sign_ins(key: int) -> Response:
    """Sign them out everywhere."""
    return _done(key, lambda: staffing.end_sign_ins(key), "sign-ins-ended")


@bp.post(f"{ONE}/second-factor/removal")
def remove_second_factor(key: int) -> Response:
    """Phone and paper are lost: the next sign-in begins with a new second factor."""
    security.demand_fresh()
    email = queries.colleague(key).account.email
    return _done(key, lambda: staffing.reset_second_factor(email), "factor-removed")


def _invitation(form: InviteForm, status: int = 200) -> Response:
    return render("office/people/new.html", status=status, form=form, labels=LABELS)


def _done(key: int, change: Callable[[], object], done: str) -> Response:
    """Make a change to one of the staff, or say why not."""
    queries.colleague(key)
    try:
        change()
    except Refusal as refusal:
        refusals.note(refusal)
        return _page(key, refusal=refusal)
    return http.see(".show", key=key, done=done)


def _page(key: int, form: RolesForm | None = None, refusal: Refusal | None = None) -> Response:
    found = queries.colleague(key)
    return render(
        "office/people/show.html",
        status=refusal.status if refusal else 422 if form else 200,
        colleague=found,
        form=form or RolesForm(data={"roles": sorted(found.account.role_names)}),
        refusal=refusal,
        sign_ins=accounts.sign_ins_of(key),
        labels=LABELS,
        mine=security.demand_person().id == key,
    )
