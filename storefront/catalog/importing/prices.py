"""The price something had before."""

from storefront.catalog.importing.cells import amount, decimal
from storefront.catalog.importing.records import MISSING, Given, Rules
from storefront.catalog.importing.rows import Row


def compare_at(row: Row, meaning: str, price: Given[int], rules: Rules) -> Given[int | None]:
    """The earlier price, which has to be higher than the price to be one."""

    def parse(text: str) -> int | None:
        if not text or decimal(text, comma=rules.decimal_comma) == 0:
            return None
        return amount(rules, text)

    before = row.read(meaning, parse)
    if before is MISSING or before is None or price is MISSING or before > price:
        return before
    row.note(meaning, "not above the price, so nothing is shown as reduced")
    return None
