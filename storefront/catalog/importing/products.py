"""From an opened file to its products, one by one, in the shop's own words."""

from collections.abc import Iterator
from dataclasses import dataclass

from storefront.catalog.importing import shopify, woocommerce
from storefront.catalog.importing.records import ImportedProduct, Rules
from storefront.catalog.importing.rows import Row
from storefront.catalog.importing.spool import Spool

PARSERS = {"shopify": shopify.product, "woocommerce": woocommerce.product}


@dataclass(frozen=True, slots=True)
class Parsed:
    """All rows of a product, and what could be made of them."""

    rows: list[Row]
    product: ImportedProduct | None


def products_of(spool: Spool, rules: Rules) -> Iterator[Parsed]:
    """Each product of the file with its rows; a row that cannot be taken is never a reason to stop."""
    parse = PARSERS[spool.columns.format]
    for rows in spool.products():
        whole = [row for row in rows if not row.problems]
        product = parse(whole, rules) if whole and whole[0] is rows[0] else None
        yield Parsed(rows, product)
