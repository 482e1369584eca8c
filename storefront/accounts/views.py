"""Who asks: the loader that Flask-Login runs when a page wants to know who is signed in."""

from flask import Blueprint, Request

from storefront.accounts import actions, queries, signing
from storefront.platform import guard, http
from storefront.platform.people import SignedIn

bp = Blueprint("account", __name__)


def who_asks(_request: Request) -> SignedIn | None:
    """Who is signed in in this browser; noted once in a while, so that idle sign-ins end."""
    found = queries.sign_in_of(http.remembered(signing.COOKIE))
    if found is None or found.owes_second_factor:
        return None
    if found.worth_noting:
        actions.note_seen(found.signed_in.sign_in_id)
    return found.signed_in


bp.record_once(lambda state: guard.login_manager(state.app).request_loader(who_asks))
