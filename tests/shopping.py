"""Carts and orders of the characters, made through the shop's own actions."""

from typing import Any
from uuid import uuid4

from sqlalchemy import select

from storefront.cart import basket
from storefront.cart.actions import add_to_cart
from storefront.cart.models import Cart
from storefront.cart.pricing import quote
from storefront.catalog.models import Variant
from storefront.checkout.actions import place_order
from storefront.checkout.selling import OrderRequest
from storefront.orders import queries as orders
from storefront.orders.models import Order
from storefront.platform import db
from storefront.platform.addresses import Address
from storefront.shipping import methods as delivery_methods
from storefront.shop import queries as shop_queries
from storefront.taxes import queries as tax_queries
from tests.characters import Person, a_kettle, ada


def a_cart(*wanted: tuple[Variant, int]) -> Cart:
    """A visitor's cart with some units of some variants."""
    token = None
    for variant, quantity in wanted:
        token = add_to_cart(token, variant.sku, quantity).token
    return db.session.scalars(select(Cart).where(Cart.token == token)).one()


def a_wish(
    cart: Cart,
    *,
    who: Person = ada,
    delivery: str = "pickup",
    payment: str = "pay_on_pickup",
    **changes: Any,
) -> OrderRequest:
    """What somebody sends from the checkout page that shows this cart."""
    shop = shop_queries.read()
    lines = basket.lines(db.session(), cart.id, shop.currency)
    rates = tax_queries.rates_in(shop.country)
    home = Address(**who.address) if delivery == "home" else None
    wish: dict[str, Any] = {
        "key": uuid4(),
        "total_seen": quote(lines, shop, rates, delivery_methods.METHODS[delivery]).total,
        "name": who.name,
        "email": who.email,
        "phone": who.phone,
        "note": "",
        "delivery": delivery,
        "delivery_address": home,
        "billing_address": None,
        "payment": payment,
    }
    return OrderRequest(**wish | changes)


def an_order(*wanted: tuple[Variant, int], **wish: Any) -> Order:
    """A placed order: of one kettle, when nothing is said."""
    cart = a_cart(*(wanted or [(a_kettle(), 1)]))
    found = orders.by_token(place_order(cart.token, a_wish(cart, **wish)))
    assert found is not None
    return found
