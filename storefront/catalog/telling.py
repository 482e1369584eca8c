"""What pages of the shelves tell of, so that they are built anew when it changes; and which are not kept."""

from collections.abc import Iterable

from storefront.catalog import listing, narrowing
from storefront.catalog.finding import Found
from storefront.catalog.forms import Reading
from storefront.catalog.listing import Good
from storefront.catalog.models import Product
from storefront.catalog.wishes import Wish
from storefront.platform import pages

MANY = 4
"""Choices in one list from which on the next would be of one reader alone."""


def of_goods(goods: Iterable[Good]) -> None:
    """Each card changes with its product, if only by how many are left."""
    pages.about(*(f"product:{good.id}" for good in goods))


def of_list(reading: Reading, found: Found, currency: str) -> None:
    """Misses are not kept, so that each is counted; nor is what can be asked for in endless ways."""
    of_goods([*found.goods.items, *found.popular])
    wrong = reading.notes or _chosen(reading.wish) != _chosen(found.wish)
    if found.missed or wrong or _is_rare(reading, currency):
        pages.passing()


def of_product(product: Product, *, lost: bool) -> None:
    """Its page shows its own shelf, too; of a choice that is not sold there could be any number."""
    pages.about(f"product:{product.id}")
    if product.category_id is not None:
        pages.about(f"category:{product.category_id}")
    if lost:
        pages.passing()


def _is_rare(reading: Reading, currency: str) -> bool:
    """Whether hardly anybody else will ask for this: no link of a list leads there, or a very long way."""
    price = reading.parameters().get("price")
    if (price and price not in narrowing.steps(currency)) or _chosen(reading.wish) > MANY:
        return True
    return reading.wish.after is not None and not listing.has_row(reading.wish.sort, reading.wish.after)


def _chosen(wish: Wish) -> int:
    return sum(map(len, wish.facets.values()))
