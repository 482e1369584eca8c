"""What any catalog file says about a product, in the shop's own words.

A field is MISSING when the file has no such column: the shop's data is left alone. A blank cell is
a value: it clears.
"""

import enum
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, TypeAlias, TypeVar


class Missing(enum.Enum):
    """The file does not say."""

    MISSING = "missing"

    def __bool__(self) -> Literal[False]:
        return False


MISSING = Missing.MISSING
T = TypeVar("T")
Given: TypeAlias = T | Missing


@dataclass(frozen=True, slots=True)
class Rules:
    """What the shop allows, and how this file writes its numbers."""

    currency: str
    min_price: int
    max_price: int
    today: date
    decimal_comma: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands on the product itself."""

    title: Given[str] = MISSING
    description: Given[str] = MISSING
    brand: Given[str] = MISSING
    tags: Given[tuple[str, ...]] = MISSING
    categories: Given[tuple[tuple[str, ...], ...]] = MISSING
    status: Given[str] = MISSING
    tax_class: Given[str] = MISSING
    seo_title: Given[str] = MISSING
    seo_description: Given[str] = MISSING


@dataclass(frozen=True, slots=True)
class ImportedVariant:
    """One choice. A blank `sku` means that `made_sku` is taken if the choice is new."""

    row: int
    made_sku: str
    sku: str = ""
    values: Given[tuple[str, ...]] = MISSING
    barcode: Given[str] = MISSING
    price: Given[int] = MISSING
    compare_at: Given[int | None] = MISSING
    weight_g: Given[int | None] = MISSING
    tracked: Given[bool] = MISSING
    stock: int | None = None
    image: Given[str] = MISSING
    more_images: tuple[str, ...] = ()

    @property
    def images(self) -> tuple[str, ...]:
        """Every picture that shows it."""
        return (self.image, *self.more_images) if self.image else self.more_images


@dataclass(frozen=True, slots=True)
class ImportedImage:
    """A picture by its address or by its name among the shop's own files."""

    row: int
    source: str
    alt: Given[str] = MISSING


@dataclass(frozen=True, slots=True)
class ImportedProduct:
    """One product of the file: its facts from its first row, its choices and pictures from all."""

    row: int
    handle: str
    headed: bool = True
    """Whether the row with the facts is among its rows; without it nothing is taken for cleared."""
    known_by_sku: bool = False
    """Whether SKUs say which product this is (WooCommerce), and not the handle (Shopify)."""
    facts: Facts = field(default_factory=Facts)
    option_names: Given[tuple[str, ...]] = MISSING
    variants: tuple[ImportedVariant, ...] = ()
    images: Given[tuple[ImportedImage, ...]] = MISSING

    def without(self, rows: set[int]) -> "ImportedProduct":
        """The rest of it: a refused row changes nothing, so without its first row it has no facts."""
        headed = self.headed and self.row not in rows
        variants = tuple(one for one in self.variants if one.row not in rows)
        return replace(
            self,
            headed=headed,
            facts=self.facts if headed else Facts(),
            option_names=self.option_names if headed else MISSING,
            variants=variants,
            images=_pictures_left(self.images, rows, variants),
        )


def _pictures_left(
    images: Given[tuple[ImportedImage, ...]], rows: set[int], variants: tuple[ImportedVariant, ...]
) -> Given[tuple[ImportedImage, ...]]:
    """The pictures of the other rows; one that a refused row brought stays if a choice shows it."""
    if images is MISSING:
        return MISSING
    shown = {one.image: one.row for one in reversed(variants) if one.image}
    kept = (
        replace(image, row=shown.get(image.source, image.row)) if image.row in rows else image
        for image in images
    )
    return tuple(image for image in kept if image.row not in rows)
