"""Who calls: a stranger, a key of the shop with its scopes, or a customer's own program."""

from dataclasses import dataclass

from flask import Flask, g, request

from storefront.config import Settings, settings
from storefront.platform import acting, clock, limits
from storefront.platform.json_api.accepting import PROGRAMS
from storefront.platform.json_api.refusals import BadKey, KeyNeeded, ScopeNeeded
from storefront.platform.keys import actions, queries
from storefront.platform.keys.queries import Bearer

SCHEME = "Bearer "


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever sent this request."""

    bearer: Bearer | None = None
    mistaken: bool = False
    """Whether something was shown that opens nothing."""

    @property
    def account_id(self) -> int | None:
        """The customer whose program it is."""
        return self.bearer.account_id if self.bearer else None

    def may(self, scope: str | None) -> bool:
        """Whether it is a key of the shop that is meant for this."""
        return bool(self.bearer and scope in self.bearer.scopes)

    @property
    def name(self) -> str:
        """What tells callers apart: strangers by where they come from."""
        return f"key-{self.bearer.key_id}" if self.bearer else limits.address()


NOBODY = Caller()


def init_app(app: Flask, _settings: Settings) -> None:
    """Know who calls before anything is counted."""
    app.before_request(_know)


def _know() -> None:
    """Look at the key that is shown; it is refused later, when the request was counted."""
    if not request.path.startswith(PROGRAMS):
        return
    shown = request.headers.get("Authorization")
    if shown is None:
        g.caller = NOBODY
        return
    scheme, _space, secret = shown.partition(" ")
    bearer = queries.bearer_of(secret.strip()) if scheme.lower() == SCHEME.strip().lower() else None
    g.caller = Caller(bearer, mistaken=bearer is None)
    if bearer:
        _act_as(bearer)


def _act_as(bearer: Bearer) -> None:
    """From now on, what changes is changed by it."""
    kind, who = ("customer", str(bearer.account_id)) if bearer.account_id else ("key", bearer.name)
    here = acting.now()
    acting.begin(acting.Actor(kind, who), here.request_id, here.trace)
    now = clock.now()
    used = bearer.last_used_at
    if used is None or (now - used).total_seconds() > actions.SELDOM:
        actions.note_use(bearer.key_id)


def caller() -> Caller:
    """Who sent the request that is being answered."""
    found: Caller = g.get("caller", NOBODY)
    return found


def demand(scope: str | None, *, customers: bool) -> None:
    """Let pass who may do this. Raises BadKey, KeyNeeded or ScopeNeeded."""
    here = caller()
    if here.mistaken:
        raise BadKey
    if scope is None or here.may(scope) or (customers and here.account_id is not None):
        return
    if here.bearer is None:
        raise KeyNeeded
    raise ScopeNeeded(scope)


def counted() -> str:
    """Whose calls are counted together: those of a key, else those of an address."""
    return caller().name


def allowance() -> str:
    """How often this caller may call."""
    return settings().rate_limit_api_key if caller().bearer else settings().rate_limit_api
