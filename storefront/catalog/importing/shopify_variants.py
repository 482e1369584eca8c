"""One choice of a Shopify product: its code, price, weight and stock."""

from functools import partial

from storefront.catalog.importing.cells import amount, count, decimal, grams, line
from storefront.catalog.importing.handles import sku_of
from storefront.catalog.importing.our_columns import more_images_of
from storefront.catalog.importing.prices import compare_at
from storefront.catalog.importing.records import MISSING, Given, ImportedVariant, Rules
from storefront.catalog.importing.rows import Row
from storefront.catalog.importing.shopify_images import picture
from storefront.catalog.importing.shopify_options import SLOTS, Options
from storefront.catalog.importing.words import flag
from storefront.catalog.models import MAX_SKU

HOLDS_VARIANT = (
    "price",
    "compare_at",
    "sku",
    "barcode",
    "stock",
    *(f"option{slot}_value" for slot in SLOTS),
)


def variant(row: Row, handle: str, options: Options, rules: Rules) -> ImportedVariant:
    """The choice on this row; what is wrong with it is written down on the row."""
    values = options.values(row)
    price = row.read("price", partial(amount, rules)) if row.has("price") else MISSING
    if price is MISSING and row.knows("price") and not row.has("price"):
        row.refuse("price", "is blank")
    if flag(row, "requires_shipping", blank=True) is False:
        row.note("requires_shipping", "it is sold like goods that are delivered")
    tracked = _tracked(row)
    sku = row.read("sku", line(MAX_SKU))
    return ImportedVariant(
        row=row.number,
        made_sku=sku_of(handle, values or ()),
        sku=sku or "",
        values=values,
        barcode=row.read("barcode", line(MAX_SKU)),
        price=price,
        compare_at=compare_at(row, "compare_at", price, rules),
        weight_g=row.read("grams", partial(grams, comma=rules.decimal_comma)),
        tracked=tracked,
        stock=_stock(row, tracked, rules),
        image=picture(row, "variant_image"),
        more_images=more_images_of(row),
    )


def tax_class_of(rows: list[Row]) -> Given[str]:
    """Taxable or not, which all choices of a product share here."""
    first: Given[bool] = MISSING
    for row in rows:
        if not row.has(*HOLDS_VARIANT):
            continue
        taxable = flag(row, "taxable", blank=True)
        if first is MISSING:
            first = taxable
        elif row.has("taxable") and taxable is not MISSING and taxable != first:
            row.refuse("taxable", "differs from the product's first choice; they share one tax class")
    return MISSING if first is MISSING else "taxable" if first else "zero"


def _tracked(row: Row) -> Given[bool]:
    """Whether units are counted: a blank tracker says no, and without one a quantity says yes."""
    tracker = row.word("tracker")
    if tracker and tracker.lower() != "shopify":
        row.note("tracker", f'counted here instead of by "{tracker[:40]}"')
    if row.knows("tracker"):
        return bool(tracker)
    return True if row.has("stock") else MISSING


def _stock(row: Row, tracked: Given[bool], rules: Rules) -> int | None:
    if tracked is True:
        _backorders(row)
    if not row.has("stock"):
        return None
    if tracked is True:
        found = row.read("stock", partial(count, comma=rules.decimal_comma))
        return None if found is MISSING else found
    # What is not counted may stand below zero in a shop that sold on regardless.
    row.read("stock", lambda text: decimal(text.removeprefix("-"), comma=rules.decimal_comma))
    row.note("stock", "not taken, because the tracker is blank: always available")
    return None


def _backorders(row: Row) -> None:
    word = row.word("backorders").lower()
    if word in ("continue", "true", "yes", "1"):
        row.note("backorders", "this shop does not sell what it does not have: sold out at 0")
    elif word not in ("", "deny", "false", "no", "0"):
        row.refuse("backorders", f'"{word[:40]}" is neither deny nor continue')
