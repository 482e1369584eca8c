"""What differs between the file and the shop: the columns to write, and the words for the report."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from storefront.catalog.importing.known import KnownProduct, KnownVariant
from storefront.catalog.importing.matching import Pair
from storefront.catalog.importing.records import MISSING, Facts, Given
from storefront.catalog.importing.report import Change
from storefront.platform.money import Money

FACTS = {
    "title": "title",
    "description": "description",
    "brand": "brand",
    "tags": "tags",
    "status": "status",
    "tax_class": "tax class",
    "seo_title": "SEO title",
    "seo_description": "SEO description",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One column and what it was and will be."""

    column: str
    label: str
    old: Any
    new: Any

    def change(self, currency: str) -> Change:
        return Change(self.label, self._word(self.old, currency), self._word(self.new, currency))

    def _word(self, value: Any, currency: str) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if self.column in ("amount", "compare_at"):
            return str(Money(value, currency).decimal)
        if self.column == "weight_g":
            return f"{value} g"
        return ", ".join(value) if isinstance(value, tuple) else str(value)


def facts_of(facts: Facts, names: Given[tuple[str, ...]], known: KnownProduct | None) -> list[Difference]:
    """What the file says otherwise of the product itself; for a new one, all it says."""
    values: dict[str, tuple[str, Any]] = {
        column: (label, getattr(facts, column)) for column, label in FACTS.items()
    }
    values["tax_class"] = ("tax class", _tax_class(facts.tax_class, known))
    values["option_names"] = ("options", names)
    return list(_differences(values, known))


def variant_of(pair: Pair) -> list[Difference]:
    """What the file says otherwise of a choice; for a new one, all it says."""
    given = pair.given
    values: dict[str, tuple[str, Any]] = {
        "sku": ("SKU", pair.sku),
        "values": ("choice", pair.values),
        "barcode": ("barcode", given.barcode),
        "weight_g": ("weight", given.weight_g),
        "tracked": ("counted", given.tracked),
    }
    return list(_differences(values, pair.known))


def price_of(pair: Pair) -> list[Difference]:
    """What the file says otherwise of the price; a former price below it is dropped."""
    known: KnownVariant | None = pair.known
    price = known.price if known and pair.given.price is MISSING else pair.given.price
    before = known.compare_at if known and pair.given.compare_at is MISSING else pair.given.compare_at
    if price is None or price is MISSING:
        return []
    before = None if before is MISSING or (before is not None and before <= price) else before
    found = []
    if known is None or known.price != price:
        found.append(Difference("amount", "price", known.price if known else None, price))
    if known is not None and known.compare_at != before:
        found.append(Difference("compare_at", "compare-at price", known.compare_at, before))
    if known is None and before is not None:
        found.append(Difference("compare_at", "compare-at price", None, before))
    return found


def _differences(values: dict[str, tuple[str, Any]], known: object | None) -> Iterable[Difference]:
    for column, (label, new) in values.items():
        old = getattr(known, column) if known is not None else None
        if new is not MISSING and (known is None or new != old):
            yield Difference(column, label, old, new)


def _tax_class(given: Given[str], known: KnownProduct | None) -> Given[str]:
    """Taxable is any class but zero: which one is the merchant's choice here."""
    if given is MISSING or given != "taxable":
        return given
    return known.tax_class if known and known.tax_class != "zero" else "standard"
