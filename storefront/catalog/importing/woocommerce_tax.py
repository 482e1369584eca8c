"""WooCommerce's tax status and tax class, in the shop's three classes."""

from storefront.catalog.importing.records import MISSING, Given
from storefront.catalog.importing.rows import Row

CLASSES = {
    "": "standard",
    "standard": "standard",
    "reduced": "reduced",
    "reduced-rate": "reduced",
    "reduced rate": "reduced",
    "zero": "zero",
    "zero-rate": "zero",
    "zero rate": "zero",
}


def tax_class_of(row: Row) -> Given[str]:
    """The class; "taxable" when only that is known."""
    status = row.word("tax_status").lower()
    if status == "shipping":
        row.note("tax_status", "the goods are not taxed; delivery is taxed by the shop's own rule")
    if status in ("none", "shipping"):
        return "zero"
    if status not in ("", "taxable"):
        row.refuse("tax_status", f'"{status[:40]}" is none of taxable, shipping, none')
    if not row.knows("tax_class"):
        return "taxable" if row.knows("tax_status") else MISSING
    word = row.word("tax_class").lower()
    if word not in CLASSES:
        row.refuse("tax_class", f'"{word[:40]}" is none of standard, reduced-rate, zero-rate')
    return CLASSES.get(word, "standard")


def compare(child: Row, parent: Row) -> None:
    """Refuse a variation that is taxed otherwise than its product."""
    if child.word("tax_class").lower() == "parent":
        child = Row(child.number, child.cells | {"tax_class": parent.word("tax_class")}, child.names)
    own, shared = tax_class_of(child), tax_class_of(parent)
    if own != shared and child.has("tax_class", "tax_status"):
        child.refuse("tax_class", f"is {own}, its product {shared}; they share one tax class")
