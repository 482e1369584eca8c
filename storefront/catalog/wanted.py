"""What somebody wants a product to be: built by the forms of staff and by the JSON API alike."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """All that stands on a product itself; a blank slug is made of the title."""

    title: str
    slug: str = ""
    description: str = ""
    brand: str = ""
    tags: tuple[str, ...] = ()
    shelves: tuple[int, ...] = ()
    """The main one first."""
    tax_class: str = "standard"
    seo_title: str = ""
    seo_description: str = ""
    featured: int = 0
    status: str = "draft"
    publish_at: datetime | None = None
    """When a draft goes on sale by itself."""


@dataclass(frozen=True, slots=True)
class VariantFacts:
    """One choice of a product and what it costs, in minor units; a blank SKU is made."""

    price: int
    sku: str = ""
    values: tuple[str, ...] = ()
    compare_at: int | None = None
    barcode: str = ""
    weight_g: int | None = None
    tracked: bool = True


@dataclass(frozen=True, slots=True)
class NewVariant:
    """A choice that is not there yet, and how many units of it stand on the shelf."""

    facts: VariantFacts
    on_hand: int = 0


@dataclass(frozen=True, slots=True)
class CreateProduct:
    """A product with its first choices, one value of each for every option."""

    facts: ProductFacts
    option_names: tuple[str, ...] = ()
    variants: tuple[NewVariant, ...] = ()


@dataclass(frozen=True, slots=True)
class EditProduct:
    """Make the product so, if it still is the version that somebody saw."""

    version: int
    facts: ProductFacts
    base: ProductFacts | None = None
    """What they saw, for whoever is told that it is another now."""


@dataclass(frozen=True, slots=True)
class EditVariants:
    """Make some choices of a product so, by their ids; the others stay."""

    version: int
    """Of the product."""
    variants: Mapping[int, VariantFacts] = field(default_factory=dict)


def said(facts: ProductFacts | VariantFacts) -> dict[str, Any]:
    """The same as JSON can hold it, for the audit log and for forms."""
    return {name: _plain(value) for name, value in asdict(facts).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
