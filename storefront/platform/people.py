"""Who asks: the person that a private page is for, and what sends everybody else to the door."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Literal
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, g, request
from flask_babel import gettext as _
from flask_login import current_user

from storefront.config import Settings
from storefront.platform import account_pages, acting, clock, guard, http, problems, turnstile
from storefront.platform.acting import Actor
from storefront.platform.errors import Refusal

ROLES = ("owner", "catalogue", "orders")
"""What staff may be; an owner may do everything."""
COOKIE = "account"
"""Whose browser holds none is a guest, and nobody asks further."""
FRESH = timedelta(minutes=15)
"""How long a typed password opens what is dangerous."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    id: int
    name: str
    email: str
    roles: frozenset[str]
    confirmed: bool
    """Whether letters to the address are known to reach them."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """That somebody is signed in in this browser: accounts finds it, Flask-Login keeps it for the request."""

    person: Person
    sign_in_id: int
    fresh_at: datetime
    second_factor: Literal["missing", "none", "given"]
    """Whether it was given here; `missing` when there is none at all, `none` when it was not asked for."""
    is_authenticated: ClassVar[bool] = True

    @property
    def is_staff(self) -> bool:
        return bool(self.person.roles)


class Closed(Refusal):
    """A page that opens once something was done at another one, which is where its visitor is sent."""

    status = 401
    code = "not-signed-in"
    door: ClassVar[str] = "sign_in.new"

    def message(self) -> str:
        return _("Please sign in first.")


class NotSignedIn(Closed):
    """Nobody is signed in here."""


class NotFresh(Closed):
    """The password was not typed here lately, and this is dangerous."""

    status = 403
    code = "not-fresh"
    door = "sign_in.again"

    def message(self) -> str:
        return _("Please enter your password once more.")


class NoSecondFactor(Closed):
    """Staff work with a second factor, and this person has none yet."""

    status = 403
    code = "no-second-factor"
    door = "second_factor.new"

    def message(self) -> str:
        return _("Please set up your second factor first.")


class SecondFactorOwed(NoSecondFactor):
    """There is one, but it was not given in this browser."""

    door = "second_factor.ask"


class NotYours(Refusal):
    """Staff only, or only staff with another role."""

    status = 403
    code = "not-yours"

    def message(self) -> str:
        return _("This page is for members of staff who look after it.")


def init_app(app: Flask, settings: Settings) -> None:
    """Send whoever meets a closed door to where it is opened."""
    guard.init_app(app, settings)
    account_pages.init_app(app, settings)
    turnstile.init_app(app, settings)
    app.register_error_handler(Closed, _to_the_door)


def signed_in() -> SignedIn | None:
    """Who is signed in here, and how; looked up once in a request. Never asked for public pages."""
    if http.remembered(COOKIE) is None:
        return None
    found: SignedIn | None = current_user if current_user and current_user.is_authenticated else None
    if found and "acts" not in g:
        g.acts = "customer"
        _act(Actor("customer", str(found.person.id)))
    return found


def person() -> Person | None:
    """Who is signed in here; None for a guest. What is changed from now on is changed by them."""
    found = signed_in()
    return found.person if found else None


def demand_person() -> Person:
    """Who is signed in here. Raises NotSignedIn, which a browser understands as: go to the sign-in page."""
    return demand_signed_in().person


def demand_fresh() -> Person:
    """The same, if they typed the password here lately. Raises NotSignedIn or NotFresh."""
    found = demand_signed_in()
    if clock.now() - found.fresh_at > FRESH:
        raise NotFresh
    return found.person


def demand_staff(*roles: str) -> Person:
    """The member of staff who is signed in here with a second factor and has one of these roles.

    An owner has them all; without any named, whoever is staff may. Raises NotSignedIn, NotYours,
    NoSecondFactor or SecondFactorOwed.
    """
    found = demand_signed_in()
    allowed = {"owner", *(roles or ROLES)}
    if allowed.isdisjoint(found.person.roles):
        raise NotYours
    if found.second_factor == "missing":
        raise NoSecondFactor
    if found.second_factor == "none":
        raise SecondFactorOwed
    g.acts = "staff"
    _act(Actor("staff", str(found.person.id)))
    return found.person


def staff_only(bp: Blueprint, *roles: str) -> None:
    """Open all pages of a blueprint to staff with one of these roles (and to owners), and to nobody else."""

    def guard_the_door() -> None:
        demand_staff(*roles)

    bp.before_request(guard_the_door)
    private(bp)


def private(bp: Blueprint) -> None:
    """Pages about one person: nobody keeps them, and no search engine lists them."""
    bp.after_request(_keep_private)


def demand_signed_in() -> SignedIn:
    """Who is signed in here, and how. Raises NotSignedIn."""
    found = signed_in()
    if found is None:
        raise NotSignedIn
    return found


def _act(actor: Actor) -> None:
    before = acting.now()
    acting.begin(actor, before.request_id, before.trace)


def _keep_private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _to_the_door(closed: Closed) -> Response:
    from storefront.platform.refusals import refused  # noqa: PLC0415 - which stands on everything here

    if problems.asked_by_program():
        return refused(closed)
    back = here()
    response = http.leave_for(closed.door, **({"next": back} if back else {}))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def here() -> str:
    """Where to come back to: this page, or, when a form was sent, the page that it stands on."""
    if request.method == "GET" and not http.is_partial():
        return f"{request.script_root}{request.full_path.rstrip('?')}"
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc != request.host:
        return ""
    return f"{came.path}?{came.query}" if came.query else came.path
