"""Send an order and find out what became of it, also when the connection broke at the commit."""

from flask_babel import gettext as _
from sqlalchemy.exc import InterfaceError, OperationalError

from storefront.checkout.actions import OrderRequest, place_order
from storefront.platform import idempotency
from storefront.platform.errors import Busy

LOST = (OperationalError, InterfaceError)
"""The database went away, or did not answer in time."""


class Unsure(Busy):
    """The connection broke while the order was written: it may exist, or not."""

    code = "unsure"

    def message(self) -> str:
        return _("We do not know yet whether your order arrived. Send it again: you will not order twice.")


def send_order(cart_token: str | None, wish: OrderRequest) -> str:
    """Place an order, or find the one this form already became; returns its token.

    Raises what place_order raises, or Unsure.
    """
    try:
        return place_order(cart_token, wish)
    except LOST as error:
        return _what_became_of(wish, error)


def _what_became_of(wish: OrderRequest, error: Exception) -> str:
    """A commit whose answer got lost may have happened: the key knows."""
    try:
        found = idempotency.answer_of(wish.key, wish.fingerprint())
    except LOST:
        raise Unsure from error
    if found is None:
        raise Unsure from error
    return found
