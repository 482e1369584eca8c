"""One box for everything: products, orders and customers that have these words, for whoever may see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import load_only

from storefront.accounts.models import Account
from storefront.catalog import assortment
from storefront.catalog.assortment import Sought
from storefront.catalog.models import Product
from storefront.office.customers import queries as customers
from storefront.office.orders import listing
from storefront.office.orders.finding import number_in
from storefront.office.orders.heaps import HEAPS
from storefront.orders import queries as orders
from storefront.orders.models import Order
from storefront.platform import db
from storefront.platform.people import Person

SHOWN = 8
"""So many of each kind; who wants more goes to its list."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of each kind; nothing of a kind that one may not see."""

    products: Sequence[Product]
    orders: Sequence[Order]
    customers: Sequence[Account]

    @property
    def nothing(self) -> bool:
        return not (self.products or self.orders or self.customers)


def find(words: str, person: Person) -> Found:
    """Some of each kind that has these words. Four statements."""
    goods, people = (bool({"owner", role} & person.roles) for role in ("catalogue", "orders"))
    return Found(
        _products(words) if goods else [],
        db.session.scalars(listing.wanted(HEAPS["all"], words).limit(SHOWN)).all() if people else [],
        customers.named(words, SHOWN) if people else [],
    )


def _products(words: str) -> Sequence[Product]:
    ids = assortment.ids(Sought(words), SHOWN)
    shown = load_only(Product.title, Product.slug, Product.price_from)
    return db.session.scalars(select(Product).where(Product.id.in_(ids)).options(shown)).all()


def order_numbered(words: str, person: Person) -> str | None:
    """The number of the order that is meant, for whoever may see orders."""
    if not {"owner", "orders"} & person.roles:
        return None
    number = number_in(words)
    return number if number and orders.numbered(number) else None
