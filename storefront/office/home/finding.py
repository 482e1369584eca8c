"""One box for everything: products, orders and customers that have these words, for whoever may see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from storefront.catalog import assortment
from storefront.catalog.assortment import Sought
from storefront.office.customers import queries as customers
from storefront.office.customers.queries import Customer
from storefront.office.orders import listing
from storefront.office.orders.finding import number_in
from storefront.office.orders.heaps import HEAPS
from storefront.orders import queries as orders
from storefront.platform.people import Person

SHOWN = 8
"""So many of each kind; who wants more goes to its list."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of each kind; None for a kind that one may not see."""

    products: Sequence[assortment.Row] | None
    orders: Sequence[listing.Row] | None
    customers: Sequence[Customer] | None

    @property
    def nothing(self) -> bool:
        return not (self.products or self.orders or self.customers)


def find(words: str, person: Person, currency: str) -> Found:
    """Some of each kind that has these words."""
    goods, people = (bool({"owner", role} & person.roles) for role in ("catalogue", "orders"))
    return Found(
        assortment.page(Sought(words), currency)[0][:SHOWN] if goods else None,
        listing.page(HEAPS["all"], words, limit=SHOWN).rows if people else None,
        customers.with_accounts(words).rows[:SHOWN] if people else None,
    )


def order_numbered(words: str, person: Person) -> str | None:
    """The number of the order that is meant, for whoever may see orders."""
    if not {"owner", "orders"} & person.roles:
        return None
    number = number_in(words)
    return number if number and orders.numbered(number) else None
