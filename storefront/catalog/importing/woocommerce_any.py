"""A variation that fits any value of an attribute, taken apart into choices a shopper can make."""

from dataclasses import replace
from itertools import product
from math import prod

from storefront.catalog.importing.handles import sku_of
from storefront.catalog.importing.records import ImportedVariant
from storefront.catalog.importing.rows import Row
from storefront.catalog.models import MAX_VARIANTS

Values = tuple[str, ...]
ANY = "Any"
COLUMN = "attribute1_values"


def each_choice(
    child: Row, variant: ImportedVariant, listed: list[Values], explicit: set[Values]
) -> list[ImportedVariant]:
    """The variation itself, or one for each value that a blank stands for.

    Units that are counted together cannot be promised apart, so then the choice is called "Any".
    """
    values = tuple(map(str, variant.values or ()))
    if "" not in values:
        return [variant]
    lists = [(value,) if value else every for value, every in zip(values, listed, strict=True)]
    if variant.stock or not all(lists):
        child.note(COLUMN, f'a blank value means any; its units are counted together, so "{ANY}" it is')
        return [replace(variant, values=tuple(value or ANY for value in values))]
    if prod(map(len, lists)) > MAX_VARIANTS:
        child.refuse(COLUMN, f"a blank value stands for more than {MAX_VARIANTS} choices")
        return []
    child.note(COLUMN, "a blank value means any: it becomes one choice for each value")
    return [_one_of(variant, values, choice) for choice in product(*lists) if choice not in explicit]


def _one_of(variant: ImportedVariant, values: Values, choice: Values) -> ImportedVariant:
    own = [filled for value, filled in zip(values, choice, strict=True) if not value]
    made = sku_of(variant.sku or variant.made_sku, own)
    return replace(variant, values=choice, made_sku=made, sku=variant.sku and made)
