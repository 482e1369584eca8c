"""What pages of the shelves tell of, so that they are built anew when it changes; and which are not kept."""

from collections.abc import Iterable

from storefront.catalog.finding import Found
from storefront.catalog.forms import Reading
from storefront.catalog.listing import Good
from storefront.catalog.models import Product
from storefront.catalog.wishes import Wish
from storefront.platform import pages


def of_goods(goods: Iterable[Good]) -> None:
    """Each card changes with its product, if only by how many are left."""
    pages.about(*(f"product:{good.id}" for good in goods))


def of_list(reading: Reading, found: Found) -> None:
    """Misses are not kept, so that each is counted; nor is what is wrong, which it can be in endless ways."""
    of_goods([*found.goods.items, *found.popular])
    if found.missed or reading.notes or _chosen(reading.wish) != _chosen(found.wish):
        pages.passing()


def of_product(product: Product, *, lost: bool) -> None:
    """Its page shows its own shelf, too; of a choice that is not sold there could be any number."""
    pages.about(f"product:{product.id}")
    if product.category_id is not None:
        pages.about(f"category:{product.category_id}")
    if lost:
        pages.passing()


def _chosen(wish: Wish) -> int:
    return sum(map(len, wish.facets.values()))
