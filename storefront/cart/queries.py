"""Questions about a visitor's cart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from storefront.cart import basket, carts
from storefront.cart.basket import Line
from storefront.cart.models import Cart, CartLine
from storefront.cart.pricing import Quote, quote
from storefront.catalog.models import Product, Variant
from storefront.platform import db
from storefront.shipping import methods as delivery_methods
from storefront.shipping.methods import DeliveryMethod
from storefront.shop import queries as shop_queries
from storefront.taxes import queries as tax_queries


@dataclass(frozen=True, slots=True)
class Contents:
    """What lies in a cart, in the order it was put in, and what it costs each way."""

    lines: tuple[Line, ...] = ()
    ways: tuple[tuple[DeliveryMethod, Quote], ...] = ()
    """Only what could be bought right now is counted."""

    @property
    def units(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def blocked(self) -> tuple[Line, ...]:
        """The lines that stand in the way of an order."""
        return tuple(line for line in self.lines if line.blocked)

    @property
    def countable(self) -> int:
        """How many of the units could be bought right now."""
        return sum(line.obtainable for line in self.lines)

    @property
    def items(self) -> int:
        return sum(line.price * line.obtainable for line in self.lines)


def contents(token: str | None) -> Contents:
    """The visitor's cart as it stands right now."""
    cart = carts.open_of(token)
    if cart is None:
        return Contents()
    shop = shop_queries.facts()
    lines = basket.lines(db.session(), cart.id, shop.currency)
    obtainable = [replace(line, quantity=line.obtainable) for line in lines if line.obtainable]
    rates = tax_queries.rates_in(shop.country)
    return Contents(
        tuple(sorted(lines, key=lambda line: line.id)),
        tuple((way, quote(obtainable, shop, rates, way)) for way in delivery_methods.offered(shop)),
    )


@dataclass(frozen=True, slots=True)
class Added:
    """What was put in: the cart's token for the cookie, the line as it is now, and what it lies among."""

    token: str
    line: Line
    units: int
    """Of all things in the cart together."""
    items: int
    """What those cost that could be bought right now."""

    @classmethod
    def among(cls, lines: Sequence[Line], line_id: int, token: str) -> Self:
        """One of a cart's lines, with the sums of all of them."""
        line = next(line for line in lines if line.id == line_id)
        units = sum(line.quantity for line in lines)
        return cls(token, line, units, sum(line.price * line.obtainable for line in lines))


def added(token: str | None, line_id: int) -> Added | None:
    """What was put into the visitor's cart, if it lies there still."""
    cart = carts.open_of(token)
    lines = basket.lines(db.session(), cart.id, shop_queries.facts().currency) if cart else []
    if cart is None or line_id not in (line.id for line in lines):
        return None
    return Added.among(lines, line_id, cart.token)


def units(token: str | None) -> int:
    """How many things lie in the visitor's cart."""
    if token is None:
        return 0
    counted = select(func.sum(CartLine.quantity)).join(Cart).where(Cart.token == token, ~Cart.closed)
    return int(db.session.scalar(counted) or 0)


@dataclass(frozen=True, slots=True)
class Named:
    """Which thing a shopper meant, when it could not be put into the cart."""

    title: str
    slug: str
    sku: str
    choice: str


def named(sku: str) -> Named | None:
    """The thing with a SKU, if it is shown in the shop."""
    row = db.session.execute(
        select(Product.title, Product.slug, Variant.sku, Variant.option_values)
        .join(Variant)
        .where(Variant.sku == sku, Product.status == "active", Variant.archived_at.is_(None))
    ).first()
    return Named(row.title, row.slug, row.sku, " / ".join(row.option_values)) if row else None


def chosen(sku: str, choices: Mapping[int, str | None]) -> str | None:
    """The SKU of the variant that radio buttons beside `sku` mean; None when that is not made.

    Without scripts, or before they have answered, the buttons are ahead of the variant that is shown.
    """
    given = {place: value for place, value in choices.items() if value is not None}
    if not given:
        return sku
    shown, other = aliased(Variant), aliased(Variant)
    siblings = select(other.sku, other.option_values).join(shown, shown.product_id == other.product_id)
    rows = db.session.execute(siblings.where(shown.sku == sku))
    values = {row.sku: row.option_values for row in rows}
    if sku not in values:
        return sku
    wanted = [given.get(place, value) for place, value in enumerate(values[sku])]
    return next((found for found, made in values.items() if made == wanted), None)
