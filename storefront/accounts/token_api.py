"""Log in for programs: an e-mail address and a password become a token."""

from flask import request

from storefront.accounts import tokens
from storefront.accounts.emails import key_of
from storefront.accounts.schemas import Credentials, TokenTold
from storefront.accounts.tokens import NoSuchLogin, NotByPassword, NoToken
from storefront.platform import limits
from storefront.platform.json_api import callers
from storefront.platform.json_api.operations import blueprint, operation
from storefront.platform.keys.actions import revoke_key
from storefront.platform.limits import limiter
from storefront.platform.turnstile import TooManyAtOnce

bp = blueprint("tokens_api", __name__)
TAG = "Tokens"


def account_named() -> str:
    """Whose account is knocked at, so that nobody tries many passwords from many addresses."""
    said = request.get_json(silent=True)
    email = said.get("email") if isinstance(said, dict) else None
    return f"account:{key_of(email)[:300]}" if isinstance(email, str) else "account:nobody's"


@bp.post("/tokens")
@limiter.limit(limits.SIGN_IN, key_func=account_named)
@operation(
    "Log in",
    TAG,
    limit=limits.SIGN_IN,
    body=Credentials,
    out=TokenTold,
    status=201,
    refuses=(NoSuchLogin, NotByPassword, TooManyAtOnce),
)
def log_in(body: Credentials) -> TokenTold:
    """A token for a customer's own program, for 30 days: it sees and does what that customer may."""
    token = tokens.open_token(body.email, body.password)
    return TokenTold(token=token.shown, customer_id=token.account_id, expires_at=token.expires_at)


@bp.delete("/tokens/current")
@operation("Log out", TAG, scope="customers:write", customers=True, status=204, refuses=(NoToken,))
def log_out() -> None:
    """The token that is shown opens nothing any more. A key of the shop is revoked by staff."""
    bearer = callers.caller().bearer
    if bearer is None or bearer.account_id is None:
        raise NoToken
    revoke_key(bearer.key_id, account_id=bearer.account_id)
