"""Send an order and find out what became of it, also when the connection broke at the commit."""

from collections.abc import Mapping
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.exc import InterfaceError, OperationalError

from storefront.checkout.actions import place_order
from storefront.checkout.selling import OrderRequest
from storefront.checkout.straight import Bought, fingerprint_of, place_lines
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
        return _what_became_of(wish.key, wish.fingerprint(), error)


def send_lines(wanted: Mapping[int, int], prices_seen: Mapping[int, int], wish: OrderRequest) -> Bought:
    """The same for lines without a cart. Raises what place_lines raises, or Unsure."""
    try:
        return place_lines(wanted, prices_seen, wish)
    except LOST as error:
        print_ = fingerprint_of(wanted, prices_seen, wish)
        return Bought(_what_became_of(wish.key, print_, error), again=True)


def _what_became_of(key: UUID, print_: str, error: Exception) -> str:
    """A commit whose answer got lost may have happened: the key knows."""
    try:
        found = idempotency.answer_of(key, print_)
    except LOST:
        raise Unsure from error
    if found is None:
        raise Unsure from error
    return found
