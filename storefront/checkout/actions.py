"""Place, cancel and expire orders: take the stock and record the order, or change nothing at all."""

import secrets

from storefront.checkout import calling_off, opening, placing, selling
from storefront.checkout.refusals import AlreadyPacked, CartMistaken, EmptyCart
from storefront.checkout.selling import OrderRequest
from storefront.config import settings
from storefront.inventory import stock
from storefront.orders import record
from storefront.orders.queries import token_of_cart
from storefront.payments import record as payments
from storefront.platform import db, events, idempotency


@db.retried
def place_order(cart_token: str | None, wish: OrderRequest) -> str:
    """Take the stock and record the order, or change nothing at all; returns the order's token.

    The same key again, or the cart's second tab, lands on the first order. Raises OutOfStock naming
    each short line, PriceChanged with the new total, CannotBeBought, CartMistaken, Closed, EmptyCart,
    NotOffered, NotDelivered, or KeyReused when the key came with another body.
    """
    with db.transaction():
        token = secrets.token_urlsafe(16)
        begun = opening.begin(wish.key, wish.fingerprint(), token, cart_token)
        if isinstance(begun, str):
            return begun
        if begun is None:
            raise EmptyCart
        if wish.cart_seen not in (None, begun.cart_id):
            raise CartMistaken
        if begun.ordered:
            first = token_of_cart(begun.cart_id)
            idempotency.point_at(wish.key, first)
            return first
        priced = selling.price(begun.charge, wish)
        order_id = placing.write(selling.order_of(token, begun.cart_id, priced, wish))
        # Last, so that the rows everybody wants are locked for the length of a commit only.
        selling.take_stock(order_id, priced)
    return token


@db.retried
def cancel_order(order_id: int, reason: str | None = None) -> None:
    """Cancel an order that is not packed yet: its stock returns once; a second time changes nothing.

    What was paid is credited, and stands to be refunded until staff have sent it back. Raises AlreadyPacked.
    """
    with db.transaction():
        order = record.lock(order_id)
        if order.state in ("cancelled", "expired"):  # It has let go of everything already.
            return
        if record.fulfilment_of(order).state != "waiting":
            raise AlreadyPacked
        calling_off.call_off(order, reason)


@db.retried
def expire_one_order() -> bool:
    """Let go of one order whose hold ran out; False when there is none. Never waits for a lock."""
    with db.transaction():
        order = record.lock_overdue(db.inside().now)
        if order is None:
            return False
        record.move(order, "expired")
        payment = payments.latest(order.id)
        if payment.state in ("created", "requires_action", "authorised"):
            payments.move(payment, "expired")
        stock.release(order.id, few=settings().few_left)
        events.record("order.expired", f"order:{order.id}")
    return True
