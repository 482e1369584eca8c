"""What is sold of a WooCommerce product: itself, or its variations."""

from functools import partial

from storefront.catalog.importing import woocommerce_attributes as attributes
from storefront.catalog.importing import woocommerce_tax as tax
from storefront.catalog.importing.cells import GRAMS, count, grams, line
from storefront.catalog.importing.handles import sku_of
from storefront.catalog.importing.records import MISSING, Given, ImportedVariant, Rules
from storefront.catalog.importing.rows import Row
from storefront.catalog.importing.woocommerce_any import each_choice
from storefront.catalog.importing.woocommerce_images import pictures
from storefront.catalog.importing.woocommerce_prices import prices_of
from storefront.catalog.importing.woocommerce_stock import stock_of
from storefront.catalog.models import MAX_SKU

Values = tuple[str, ...]


def simple_variant(row: Row, handle: str, rules: Rules) -> ImportedVariant:
    """The one thing that is sold of a product without choices."""
    return _variant(row, handle, (), rules)


def variations(
    first: Row, children: list[Row], names: Values, handle: str, rules: Rules
) -> list[ImportedVariant]:
    """Every choice, in the order of their positions; "any" becomes one choice for each value."""
    chosen = {child.number: attributes.chosen(child, names) for child in children}
    explicit = {values for values in chosen.values() if "" not in values}
    listed = attributes.listed(first, names)
    found = []
    for child in sorted(children, key=_position):
        _check(child, first)
        variant = _variant(child, handle, chosen[child.number], rules, parent=first)
        found += each_choice(child, variant, listed, explicit)
    return found


def _check(child: Row, parent: Row) -> None:
    """What a variation may not be, and what of it is not taken."""
    kinds = {kind.strip() for kind in child.word("type").lower().split(",")}
    if "downloadable" in kinds:
        child.refuse("type", "downloads cannot be delivered by this shop")
    if "virtual" in kinds:
        child.note("type", "virtual products are sold like goods that are delivered")
    if child.word("published").lower() not in ("", "1", "true", "yes"):
        child.refuse("published", "is switched off, so it is not for sale")
    for meaning in ("description", "summary"):
        if child.has(meaning):
            child.note(meaning, "choices have no text of their own here; not taken")
    if len(pictures(child)) > 1:
        child.note("images", "the first one is the choice's picture, the others are the product's")
    tax.compare(child, parent)


def _position(child: Row) -> int:
    return child.read("position", lambda text: count(text) if text else 0) or 0


def _variant(
    row: Row, handle: str, values: Values, rules: Rules, parent: Row | None = None
) -> ImportedVariant:
    price, compare_at = prices_of(row, rules)
    tracked, stock = stock_of(row, rules)
    weight = _weight(row, rules)
    if weight is None and parent is not None:
        weight = _weight(parent, rules)
    sku = row.read("sku", line(MAX_SKU))
    sources = pictures(row)
    return ImportedVariant(
        row=row.number,
        made_sku=sku_of(handle, [value for value in values if value]),
        sku=sku or "",
        values=values,
        barcode=row.read("barcode", line(MAX_SKU)),
        price=price,
        compare_at=compare_at,
        weight_g=weight,
        tracked=tracked,
        stock=stock,
        image=sources[0] if sources and parent is not None else _no_picture(row, parent),
    )


def _no_picture(row: Row, parent: Row | None) -> Given[str]:
    return "" if parent is not None and row.knows("images") else MISSING


def _weight(row: Row, rules: Rules) -> Given[int | None]:
    for unit in GRAMS:
        if row.knows(f"weight_{unit}"):
            return row.read(f"weight_{unit}", partial(grams, unit=unit, comma=rules.decimal_comma))
    return MISSING
