"""Place, cancel and expire orders: take the stock and record the order, or change nothing at all."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from storefront.cart import straight, till
from storefront.cart.pricing import PricedLine, Quote, quote
from storefront.cart.till import Charge
from storefront.checkout import calling_off, opening, placing
from storefront.checkout.refusals import (
    AlreadyPacked,
    CannotBeBought,
    CartMistaken,
    Closed,
    EmptyCart,
    NotDelivered,
    NotOffered,
    OutOfStock,
    PriceChanged,
    PriceDiffers,
)
from storefront.config import settings
from storefront.inventory import stock
from storefront.orders import record
from storefront.orders.queries import token_of_cart
from storefront.payments import methods as payment_methods
from storefront.payments import record as payments
from storefront.platform import audit, db, events, idempotency
from storefront.platform.addresses import Address
from storefront.platform.money import Money
from storefront.shipping import methods as delivery_methods


@dataclass(frozen=True, slots=True)
class OrderRequest:
    """What a shopper asked for and was shown; built by the HTML form and by the JSON schema."""

    key: UUID
    total_seen: Money | None
    """None from a program that takes whatever it costs."""
    name: str
    email: str
    phone: str
    note: str
    delivery: str
    delivery_address: Address | None
    billing_address: Address | None
    payment: str
    locale: str = "en"
    cart_seen: int | None = None
    """Which cart the page showed, because the visitor may have another one by now."""
    account_id: int | None = None
    """Whose account it will stand in; who signs in or out between two tries asks for the same."""

    def fingerprint(self) -> str:
        """What must not differ when the same key comes again."""
        asked = (part.name for part in fields(self) if part.name not in ("key", "account_id"))
        body = {name: getattr(self, name) for name in asked}
        return idempotency.fingerprint(body)


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
        priced = _price(begun.charge, wish)
        order_id = _record(token, begun.cart_id, priced, wish)
        # Last, so that the rows everybody wants are locked for the length of a commit only.
        _take_stock(order_id, priced)
    return token


@dataclass(frozen=True, slots=True)
class Bought:
    """The order that lines became, and whether they did so earlier."""

    token: str
    again: bool = False


@db.retried
def place_lines(wanted: Mapping[int, int], prices_seen: Mapping[int, int], wish: OrderRequest) -> Bought:
    """The same for whoever names variants and units without a cart; each price seen must be the price.

    Raises what place_order raises about goods and money, VariantsUnknown, or PriceDiffers.
    """
    with db.transaction():
        token = secrets.token_urlsafe(16)
        earlier = idempotency.claim(wish.key, fingerprint_of(wanted, prices_seen, wish), token)
        if earlier is not None:
            return Bought(earlier, again=True)
        cart_id = straight.fill(wanted)
        priced = _price(till.ring_up(cart_id), wish)
        differing = [part.line for part in priced.lines if _differs(part, prices_seen)]
        if differing:
            raise PriceDiffers(differing)
        order_id = _record(token, cart_id, priced, wish)
        if db.inside().actor.kind in record.ANSWERABLE:
            told = {"total": priced.total.amount, "lines": {str(key): wanted[key] for key in sorted(wanted)}}
            audit.note("orders", order_id, None, told)
        _take_stock(order_id, priced)
    return Bought(token)


def fingerprint_of(wanted: Mapping[int, int], prices_seen: Mapping[int, int], wish: OrderRequest) -> str:
    """What must not differ when the key of such a purchase comes again."""
    goods = [sorted(wanted.items()), sorted(prices_seen.items())]
    return idempotency.fingerprint([wish.fingerprint(), wish.account_id, goods])


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


def _price(charge: Charge | None, wish: OrderRequest) -> Quote:
    if charge is None:
        raise EmptyCart
    lines, shop, rates = charge
    if shop.closed:
        raise Closed(datetime.fromisoformat(shop.closed_until) if shop.closed_until else None)
    withdrawn = [line for line in lines if not line.on_sale]
    if withdrawn:
        raise CannotBeBought(withdrawn)
    method = next((way for way in delivery_methods.offered(shop) if way.code == wish.delivery), None)
    if method is None or wish.payment not in {
        way.code for way in payment_methods.offered(shop, wish.delivery)
    }:
        raise NotOffered
    if method.needs_address:
        country = wish.delivery_address.country if wish.delivery_address else None
        if country not in shop.delivery_countries:
            raise NotDelivered(country)
    priced = quote(lines, shop, rates, method)
    if wish.total_seen is not None and priced.total != wish.total_seen:
        raise PriceChanged(priced.total, wish.total_seen)
    return priced


def _differs(part: PricedLine, prices_seen: Mapping[int, int]) -> bool:
    return prices_seen.get(part.line.variant_id, part.line.price) != part.line.price


def _record(token: str, cart_id: int, priced: Quote, wish: OrderRequest) -> int:
    here = db.inside()
    provider = payment_methods.provider_of(wish.payment)
    method = payment_methods.METHODS[wish.payment]
    hold = provider.hold(method, settings())
    return placing.write(
        _header(priced, wish)
        | {
            "token": token,
            "cart_id": cart_id,
            "account_id": wish.account_id,
            "placed_at": here.now,
            "expires_at": here.now + hold if hold else None,
        },
        [_line(part) for part in priced.lines],
        provider=provider.code,
        payment_state=method.first_state,
    )


def _header(priced: Quote, wish: OrderRequest) -> dict[str, Any]:
    return {
        "currency": priced.currency,
        "prices_include_tax": priced.prices_include_tax,
        "name": wish.name,
        "email": wish.email,
        "phone": wish.phone,
        "locale": wish.locale,
        "note": wish.note,
        "delivery_method": wish.delivery,
        "delivery_address": wish.delivery_address.stored() if wish.delivery_address else None,
        "billing_address": wish.billing_address.stored() if wish.billing_address else None,
        "payment_method": wish.payment,
        "shipping_price": priced.shipping_price,
        "shipping_net": priced.shipping.net,
        "shipping_tax": priced.shipping.tax,
        "shipping_tax_rate": priced.shipping.rate,
        "discount": priced.discount,
        "tax": priced.tax,
        "taxes": [{"rate": f"{part.rate:.4f}", "net": part.net, "tax": part.tax} for part in priced.taxes],
        "total": priced.total.amount,
    }


def _line(part: PricedLine) -> dict[str, Any]:
    line = part.line
    return {
        "variant_id": line.variant_id,
        "product_id": line.product_id,
        "sku": line.sku,
        "title": line.title,
        "choice": line.choice,
        "tracked": line.tracked,
        "quantity": line.quantity,
        "unit_price": line.price,
        "discount": part.discount,
        "tax_class": line.tax_class,
        "tax_rate": f"{part.taxed.rate:.4f}",
        "net": part.taxed.net,
        "tax": part.taxed.tax,
    }


def _take_stock(order_id: int, priced: Quote) -> None:
    wanted = {part.line.variant_id: part.line.quantity for part in priced.lines if part.line.tracked}
    shortages = stock.reserve(order_id, wanted, few=settings().few_left)
    if shortages:
        by_variant = {part.line.variant_id: part.line for part in priced.lines}
        raise OutOfStock([(by_variant[short.variant_id], short.available) for short in shortages])
