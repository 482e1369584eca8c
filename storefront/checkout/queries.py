"""Questions of the checkout: what a visitor is about to order, and what became of an order."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from storefront.cart import basket
from storefront.cart.models import Cart
from storefront.checkout import afterwards, words
from storefront.checkout.afterwards import NOTHING, Afterwards
from storefront.checkout.offer import Choices, Offer, offer
from storefront.orders import queries as orders
from storefront.orders.models import Order, OrderLine
from storefront.payments import queries as payments
from storefront.payments.models import Payment
from storefront.platform import clock, db
from storefront.platform.addresses import Address
from storefront.shop import queries as shop_queries
from storefront.taxes import queries as tax_queries


@dataclass(frozen=True, slots=True)
class Placed:
    """An order and the payment that counts for it."""

    order: Order
    payment: Payment
    afterwards: Afterwards = NOTHING

    @property
    def standing(self) -> str:
        return words.standing(self.order, self.payment)

    @property
    def paid(self) -> str:
        return words.paid(self.order, self.payment)

    @property
    def way(self) -> str:
        return words.way(self.order.delivery_method)

    @property
    def method(self) -> str:
        return words.method(self.payment.method)

    @property
    def can_cancel(self) -> bool:
        return words.can_cancel(self.order)

    @property
    def items(self) -> int:
        """The lines as shown: with tax where prices include it."""
        return sum(line.unit_price * quantity for line, quantity in self.lines)

    @property
    def lines(self) -> list[tuple[OrderLine, int]]:
        """The lines that the total speaks of, each with how many of it."""
        kept = ((line, self.afterwards.kept(line)) for line in self.order.lines)
        return [(line, quantity) for line, quantity in kept if quantity]

    @property
    def changes(self) -> list[str]:
        """What was taken off since, in words."""
        return self.afterwards.told(self.order)

    @property
    def home(self) -> Address | None:
        """Where it is delivered, unless it is fetched."""
        return Address.of(self.order.delivery_address) if self.order.delivery_address else None

    @property
    def bill(self) -> Address | None:
        """Who is billed, if that is somebody else."""
        return Address.of(self.order.billing_address) if self.order.billing_address else None


def offer_for(cart: Cart | None, chosen: Choices) -> Offer | None:
    """What a visitor can order right now; None when nothing lies in the cart."""
    shop = shop_queries.facts()
    lines = basket.lines(db.session(), cart.id, shop.currency) if cart and not cart.closed else []
    return offer(lines, shop, tax_queries.rates_in(shop.country), chosen) if lines else None


def placed(token: str) -> Placed | None:
    """The order at an address that only its buyer knows."""
    order = orders.by_token(token)
    return of_order(order) if order else None


def of_order(order: Order) -> Placed:
    """An order that was loaded as a whole, with what became of it."""
    return Placed(order, payments.current([order.id])[order.id], afterwards.of(order))


def placed_with_id(order_id: int) -> Placed:
    """An order that is known to exist."""
    return of_order(orders.with_id(order_id))


def token_of_fresh_order(cart: Cart) -> str | None:
    """The order that a cart became within the last hour.

    Later the cart's cookie shows it to nobody: the computer may be one that several people use.
    """
    since = clock.now() - timedelta(hours=1)
    query = select(Order.token).where(Order.cart_id == cart.id, Order.placed_at > since)
    return db.session.scalars(query).first()
