"""Whether WooCommerce counts the units, and how many there are."""

from functools import partial

from storefront.catalog.importing.cells import count
from storefront.catalog.importing.records import MISSING, Given, Rules
from storefront.catalog.importing.rows import Row
from storefront.catalog.importing.words import flag


def stock_of(row: Row, rules: Rules) -> tuple[Given[bool], int | None]:
    """Tracked or not, and the count: a blank count is "always" when in stock, and 0 when not."""
    if row.word("stock").lower() == "parent":
        row.refuse("stock", "is counted for all choices together; here each has a count of its own")
        return MISSING, None
    if row.has("stock"):
        _backorders(row)
        found = row.read("stock", partial(count, comma=rules.decimal_comma))
        return True, None if found is MISSING else found
    if row.word("in_stock").lower() == "backorder":
        row.note("in_stock", "on backorder: sold out here until there is stock")
        return True, 0
    in_stock = flag(row, "in_stock", blank=True)
    if in_stock is False:
        return True, 0
    return (False if row.knows("stock") else MISSING), None


def _backorders(row: Row) -> None:
    word = row.word("backorders").lower()
    if word in ("1", "notify", "yes", "true"):
        row.note("backorders", "this shop does not sell what it does not have: sold out at 0")
    elif word not in ("", "0", "no", "false"):
        row.refuse("backorders", f'"{word[:40]}" is none of 1, 0, notify')
