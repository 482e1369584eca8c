"""Flask-Security, and nothing of it where nobody asks who somebody is."""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, Request, current_app
from flask.sansio.app import App
from flask.sessions import SecureCookieSession, SessionInterface
from flask_login import LoginManager
from flask_login.utils import _user_context_processor
from flask_security import Security
from flask_security.totp import Totp
from passlib.context import CryptContext
from passlib.totp import TOTP, AppWallet, TotpMatch

from storefront.config import Settings
from storefront.platform import clock

ARGON2ID = {
    "argon2__type": "ID",
    "argon2__memory_cost": 19_456,  # KiB; with these OWASP is content, and a hash takes some 20 ms.
    "argon2__time_cost": 2,
    "argon2__parallelism": 1,
}


class NoSessions(SessionInterface):
    """Whoever is signed in is a row of ours; nothing is kept in a cookie that could be replayed."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:  # noqa: ARG002 - Flask's signature
        """Always empty, and whoever writes into it is told."""
        return self.make_null_session(app)


@dataclass(slots=True)
class Used:
    """Which of somebody's codes was used last."""

    counter: int | None


class Codes(Totp):
    """One-time codes whose secrets are encrypted with SECRET_KEY, or one that it replaced."""

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        wallet = AppWallet(secrets, default_tag=next(iter(secrets)))
        self._totp = TOTP.using(issuer=issuer, wallet=wallet, now=lambda: clock.now().timestamp())

    def is_ours(self, secret: str) -> bool:
        """Whether we encrypted this."""
        try:
            self._totp.from_source(secret)
        except (ValueError, TypeError, KeyError):
            return False
        return "enckey" in json.loads(secret)

    def counter_of(self, code: str, secret: str, last: int | None) -> int | None:
        """Which code this is, if it is right, not older than half a minute, and newer than the last one."""
        used = Used(last)
        typed = "".join(code.split())
        right = (
            typed.isascii()
            and typed.isdigit()
            and self.verify_totp(typed, secret, cast(Any, used), window=30)
        )
        return used.counter if right else None

    def get_last_counter(self, user: Any) -> int | None:
        found: int | None = user.counter
        return found

    def set_last_counter(self, user: Any, tmatch: TotpMatch) -> None:
        user.counter = tmatch.counter


def init_app(app: Flask, settings: Settings) -> None:
    """Install it: how passwords are hashed, one-time codes, and who is signed in, for whoever asks.

    Its pages stay away: ours answer alike for known and unknown addresses, change what they change in one
    transaction, and let jobs write the letters.
    """
    app.config["SECRET_KEY"] = settings.secret_key.get_secret_value()
    app.config["WTF_CSRF_ENABLED"] = False  # Our own check stands in front of every form.
    app.config["SECURITY_PASSWORD_SCHEMES"] = ["argon2"]
    app.config["SECURITY_PASSWORD_SINGLE_HASH"] = ["argon2"]  # No pepper: SECRET_KEY may be replaced.
    app.config["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"] = ARGON2ID
    app.config["SECURITY_TWO_FACTOR"] = True
    app.config["SECURITY_TWO_FACTOR_ENABLED_METHODS"] = ["authenticator"]
    app.config["SECURITY_TOTP_SECRETS"] = dict(_derived(settings))
    app.config["SECURITY_TOTP_ISSUER"] = "Storefront"
    app.session_interface = NoSessions()
    spoken = app.json
    security = Security(totp_cls=Codes)
    security.init_app(app, cast(Any, _NoDatastore()), register_blueprint=False)
    app.json = spoken
    _leave_requests_alone(app, security)


def login_manager(app: App) -> LoginManager:
    """Where accounts says how it finds out who is signed in."""
    found: LoginManager = app.extensions["security"].login_manager
    return found


def hashing() -> CryptContext:
    """What hashes passwords and compares them, in the running application."""
    found: CryptContext = current_app.extensions["security"].pwd_context
    return found


def one_time_codes() -> Codes:
    """What makes and checks the codes of authenticator apps, in the running application."""
    found: Codes = current_app.extensions["security"]._totp_factory  # noqa: SLF001 - it has no public name
    return found


class _NoDatastore:
    """Accounts asks and changes its tables itself."""


def _derived(settings: Settings) -> Iterator[tuple[str, str]]:
    """Keys for what is encrypted in the database, each under a name that tells them apart."""
    for secret in (settings.secret_key, *settings.secret_key_fallbacks):
        key = hashlib.sha256(b"one-time codes:" + secret.get_secret_value().encode()).digest()
        yield hashlib.sha256(key).hexdigest()[:8], base64.b64encode(key).decode()


def _leave_requests_alone(app: Flask, security: Any) -> None:
    """Take away what would look for a user, or into a session, in every request and every template."""
    security.principal.identity_loaders.clear()
    app.before_request_funcs[None].remove(security.principal._on_before_request)  # noqa: SLF001 - see above
    app.after_request_funcs[None].remove(security.login_manager._update_remember_cookie)  # noqa: SLF001 - see above
    app.template_context_processors[None].remove(_user_context_processor)
