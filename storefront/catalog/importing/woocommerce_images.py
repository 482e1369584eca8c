"""WooCommerce's pictures: several in a product's cell, one in a variation's."""

from storefront.catalog.importing.cells import address
from storefront.catalog.importing.lists import each
from storefront.catalog.importing.records import MISSING, Given, ImportedImage
from storefront.catalog.importing.rows import Row


def images_of(first: Row, children: list[Row]) -> Given[tuple[ImportedImage, ...]]:
    """Every picture once: the product's own in their order, then those of its variations."""
    if not first.knows("images"):
        return MISSING
    found: dict[str, ImportedImage] = {}
    for row in (first, *children):
        for source in pictures(row):
            found.setdefault(source, ImportedImage(row.number, source))
    return tuple(found.values())


def pictures(row: Row) -> tuple[str, ...]:
    """The addresses on this row."""
    found = row.read("images", each(address))
    return () if found is MISSING else found
