"""Look up several products of the file at once, before any of them is changed.

What is found may be stale a moment later: whoever changes a product looks again under its lock.
What the rows of this very file did in between is told by the memory.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storefront.catalog.importing import known as shop
from storefront.catalog.importing.handles import slug_of
from storefront.catalog.importing.known import KnownProduct, Owner
from storefront.catalog.importing.memory import Memory
from storefront.catalog.importing.records import ImportedProduct
from storefront.catalog.importing.refusals import BadRow, RowsRefused
from storefront.catalog.models import MAX_SLUG
from storefront.platform import db


@dataclass(frozen=True, slots=True)
class Glance:
    """Which products have these SKUs and addresses, and those products whole."""

    owners: dict[str, Owner]
    led_to: dict[str, int]
    products: dict[int, KnownProduct]

    def find(self, product: ImportedProduct, memory: Memory) -> KnownProduct | None:
        """The shop's own: by its address, or by its SKUs where those say which product it is.

        Raises RowsRefused when other rows of the file were this product already.
        """
        found = self._find(product, memory)
        slug = found.slug if found else product.handle
        if slug in memory.slugs and (found or not product.known_by_sku):
            reason = f'"{slug}" is the product of row {memory.slugs[slug]} already'
            raise RowsRefused(BadRow(product.row, "handle", reason))
        return found

    def _find(self, product: ImportedProduct, memory: Memory) -> KnownProduct | None:
        if product.known_by_sku:
            mine = {
                self.owners[sku].product_id
                for sku in _skus(product)
                if sku in self.owners and sku not in memory.freed and sku not in memory.skus
            }
            return self.products.get(min(mine)) if mine else None
        return self.products.get(self.led_to.get(product.handle, 0))

    def new_slug(self, product: ImportedProduct, memory: Memory) -> str:
        """The handle; where SKUs tell products apart, two of one name get addresses of their own."""
        if not product.known_by_sku:
            return product.handle
        wishes = _wishes(product)
        taken = {*memory.slugs, *self.led_to}
        numbered = (wish for wish in _numbered(wishes[-1]) if not shop.led_to_by([wish]))
        return next((wish for wish in wishes if wish not in taken), None) or next(
            wish for wish in numbered if wish not in taken
        )


def glance_at(products: Sequence[ImportedProduct], currency: str) -> Glance:
    """Everything the shop has of these products, in seven statements however many they are."""
    owners = shop.owners_of({sku for product in products for sku in _skus(product)})
    led_to = shop.led_to_by({wish for product in products for wish in _wishes(product)})
    ids = {owner.product_id for owner in owners.values()} | set(led_to.values())
    found = Glance(owners, led_to, shop.read(ids, currency))
    db.release()
    return found


def _skus(product: ImportedProduct) -> list[str]:
    return [one.sku or one.made_sku for one in product.variants]


def _wishes(product: ImportedProduct) -> list[str]:
    if not product.known_by_sku:
        return [product.handle]
    return [product.handle, slug_of("-".join([product.handle, *_skus(product)[:1]]))]


def _numbered(base: str) -> Iterable[str]:
    return (f"{base[: MAX_SLUG - 6]}-{number}" for number in range(2, 100_000))
