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
    known_by_sku: bool = False
    """Whether SKUs say which product this is (WooCommerce), and not the handle (Shopify)."""
    facts: Facts = field(default_factory=Facts)
    option_names: Given[tuple[str, ...]] = MISSING
    variants: tuple[ImportedVariant, ...] = ()
    images: Given[tuple[ImportedImage, ...]] = MISSING

    def without(self, rows: set[int]) -> "ImportedProduct":
        """The rest of it: a refused row changes nothing, so without its first row it has no facts."""
        headless = self.row in rows
        images = self.images
        if images is not MISSING:
            images = tuple(image for image in images if image.row not in rows)
        return replace(
            self,
            facts=Facts() if headless else self.facts,
            option_names=MISSING if headless else self.option_names,
            variants=tuple(one for one in self.variants if one.row not in rows),
            images=images,
        )
