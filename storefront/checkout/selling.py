"""What every way to order has in common: what was asked for, what it costs, what is written, what is taken.

Parts of a change, all of them.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from storefront.cart.pricing import PricedLine, Quote, quote
from storefront.cart.till import Charge
from storefront.checkout.placing import NewOrder
from storefront.checkout.refusals import (
    CannotBeBought,
    Closed,
    EmptyCart,
    NotDelivered,
    NotOffered,
    OutOfStock,
    PriceChanged,
)
from storefront.config import settings
from storefront.inventory import stock
from storefront.payments import methods as payment_methods
from storefront.platform import db, idempotency
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


def price(charge: Charge | None, wish: OrderRequest) -> Quote:
    """What it costs at this moment, as it was wished for. Part of a change.

    Raises EmptyCart, Closed, CannotBeBought, NotOffered, NotDelivered or PriceChanged.
    """
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


def order_of(token: str, cart_id: int, priced: Quote, wish: OrderRequest) -> NewOrder:
    """The order that becomes of it. Part of a change."""
    here = db.inside()
    provider = payment_methods.provider_of(wish.payment)
    method = payment_methods.METHODS[wish.payment]
    hold = provider.hold(method, settings())
    own = {
        "token": token,
        "cart_id": cart_id,
        "account_id": wish.account_id,
        "placed_at": here.now,
        "expires_at": here.now + hold if hold else None,
    }
    lines = [_line(part) for part in priced.lines]
    return NewOrder(_header(priced, wish) | own, lines, provider.code, method.first_state)


def take_stock(order_id: int, priced: Quote) -> None:
    """Promise the goods to the order. Part of a change, and its last. Raises OutOfStock."""
    wanted = {part.line.variant_id: part.line.quantity for part in priced.lines if part.line.tracked}
    shortages = stock.reserve(order_id, wanted, few=settings().few_left)
    if shortages:
        by_variant = {part.line.variant_id: part.line for part in priced.lines}
        raise OutOfStock([(by_variant[short.variant_id], short.available) for short in shortages])


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
