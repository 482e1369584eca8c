"""The pictures of a Shopify product, one on each row, also on rows that hold nothing else."""

from storefront.catalog.importing.cells import address, count, line
from storefront.catalog.importing.records import MISSING, Given, ImportedImage
from storefront.catalog.importing.rows import Row

MAX_ALT = 500


def images_of(rows: list[Row]) -> Given[tuple[ImportedImage, ...]]:
    """Every picture once, in the order of their positions, those of choices alone last."""
    if not (rows[0].knows("image") or rows[0].knows("variant_image")):
        return MISSING
    placed: list[tuple[int, ImportedImage]] = []
    for row in rows:
        source = picture(row, "image")
        position = row.read("image_position", lambda text: count(text) if text else 10**9)
        if source:
            alt = row.read("image_alt", line(MAX_ALT))
            placed.append((position or 0, ImportedImage(row.number, source, alt)))
    placed.sort(key=lambda one: one[0])
    found = {image.source: image for _, image in reversed(placed)}
    ordered = {image.source: found[image.source] for _, image in placed}
    for row in rows:
        source = picture(row, "variant_image")
        if source:
            ordered.setdefault(source, ImportedImage(row.number, source))
    return tuple(ordered.values())


def picture(row: Row, meaning: str) -> Given[str]:
    """The address in this cell, or blank."""
    return row.read(meaning, lambda text: address(text) if text else "")
