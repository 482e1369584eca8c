"""A customer's own program: what it shows instead of a password, for a month at most."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from storefront.accounts import passwords, queries
from storefront.platform import clock, db
from storefront.platform.errors import Refusal
from storefront.platform.keys import actions as keys

LASTS = timedelta(days=30)


class NoSuchLogin(Refusal):
    """There is no such account, or the password is another one: nobody is told which."""

    status = 401
    code = "wrong-password"

    def message(self) -> str:
        return _("E-mail and password do not go together.")

    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": 'Bearer realm="storefront"'}


class NotByPassword(Refusal):
    """A password alone is not enough: the address is not confirmed, or there is a second factor."""

    status = 403
    code = "not-by-password"

    def message(self) -> str:
        return _("A password alone opens no token here: confirm the address, or sign in on our pages.")


class NoToken(Refusal):
    """A key of the shop is not logged out with: staff revoke it."""

    status = 403
    code = "no-token"

    def message(self) -> str:
        return _("This is a key of the shop. It ends when staff revoke it.")


@dataclass(frozen=True, slots=True)
class Token:
    """What is shown once."""

    shown: str
    account_id: int
    expires_at: datetime


def open_token(email: str, password: str) -> Token:
    """A token for whoever knows the password. Raises NoSuchLogin, NotByPassword or TooManyAtOnce."""
    account = queries.account_of(email)
    db.release()
    right = passwords.matches(password, account.password if account else None)
    if account is None or not right:
        raise NoSuchLogin
    if account.confirmed_at is None or account.totp_secret is not None:
        raise NotByPassword
    expires_at = clock.now() + LASTS
    return Token(keys.create_token(account.id, expires_at).shown, account.id, expires_at)
