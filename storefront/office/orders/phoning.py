"""An order for somebody who calls: the cart that staff fill for them, and articles found by words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from storefront.cart import carts
from storefront.cart.actions import add_to_cart, change_line
from storefront.cart.models import Cart, CartLine
from storefront.catalog.listing import goods
from storefront.catalog.models import Price, Product, Variant
from storefront.catalog.searching.sieving import Choices, sieve
from storefront.catalog.searching.understanding import understand
from storefront.catalog.wishes import Wish
from storefront.checkout import offer as offers
from storefront.checkout import queries as checkout
from storefront.checkout.offer import Offer
from storefront.inventory.queries import available
from storefront.platform import db

PRODUCTS = 8  # found for some words; a caller is waiting
"""How many products are looked at."""


@dataclass(frozen=True, slots=True)
class Article:
    """Something that can be put on the order."""

    sku: str
    title: str
    choice: str
    price: int
    left: int | None
    """None when nobody counts it."""


@dataclass(frozen=True)
class Call:
    """What somebody wants who calls, as far as staff have taken it down."""

    token: str
    """The cart's; it stands in the form, because staff's own cart is another one."""

    @cached_property
    def cart(self) -> Cart | None:
        return carts.open_of(self.token) if carts.TOKEN.fullmatch(self.token) else None

    def offer(self, delivery: str | None, payment: str | None) -> Offer | None:
        """What it costs as chosen so far; None while nothing is on it."""
        return checkout.offer_for(self.cart, offers.Choices(delivery, payment)) if self.cart else None


def add(call: Call, sku: str, quantity: int) -> Call:
    """Put something on it. Raises what adding to a cart raises."""
    added = add_to_cart(call.token if call.cart else None, sku, quantity)
    return Call(added.token)


def change_quantities(call: Call, wanted: Mapping[int, int]) -> bool:
    """Have so many of these lines; tells whether any changed. Raises what changing a cart raises."""
    if call.cart is None:
        return False
    query = select(CartLine.id, CartLine.quantity).where(CartLine.cart_id == call.cart.id)
    now = {row.id: row.quantity for row in db.session.execute(query)}
    different = {line: units for line, units in wanted.items() if line in now and now[line] != units}
    for line, units in different.items():
        change_line(call.token, line, units)
    return bool(different)


def found(words: str, currency: str) -> Sequence[Article]:
    """What these words may mean: everything on sale of the products that fit best."""
    meaning = understand(words)
    if meaning.empty:
        return ()
    sieved = sieve(Choices(meaning=meaning))
    ids = [good.id for good in goods(Wish(words), currency, PRODUCTS, sieved).items]
    price = (Price.variant_id == Variant.id) & (Price.currency == currency)
    query = (
        select(Variant.id, Variant.sku, Variant.option_values, Variant.tracked, Product.title, Price.amount)
        .join(Product, Product.id == Variant.product_id)
        .join(Price, price)
        .where(Product.id.in_(ids), Variant.archived_at.is_(None))
        .order_by(Variant.product_id, Variant.position, Variant.id)
    )
    rows = db.session.execute(query).all()
    left = available(row.id for row in rows)
    return [
        Article(
            row.sku,
            row.title,
            " / ".join(row.option_values),
            row.amount,
            left.get(row.id, 0) if row.tracked else None,
        )
        for row in rows
    ]
