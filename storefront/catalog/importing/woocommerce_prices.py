"""Regular and sale price: what it costs today, and what it cost before."""

from datetime import date
from functools import partial

from storefront.catalog.importing.cells import CellRefused, amount
from storefront.catalog.importing.records import MISSING, Given, Rules
from storefront.catalog.importing.rows import Row


def prices_of(row: Row, rules: Rules) -> tuple[Given[int], Given[int | None]]:
    """Price and compare-at price; a sale counts while its dates say so."""
    regular = row.read("price", partial(amount, rules)) if row.has("price") else MISSING
    if row.knows("price") and not row.has("price"):
        row.refuse("price", "is blank")
    if not row.knows("sale_price"):
        return regular, MISSING
    if not row.has("sale_price"):
        return regular, None
    sale = row.read("sale_price", partial(amount, rules))
    if not row.knows("price"):
        row.refuse("sale_price", "needs a regular price beside it")
    if regular is MISSING or sale is MISSING or not _on_sale(row, rules.today):
        return regular, None
    if sale >= regular:
        row.note("sale_price", "not below the regular price, so it is not used")
        return regular, None
    return sale, regular


def _on_sale(row: Row, today: date) -> bool:
    """Whether the sale is on today; this shop does not begin or end one by itself, so it says so."""
    starts, ends = row.read("sale_starts", _day), row.read("sale_ends", _day)
    if starts and today < starts:
        row.note("sale_starts", f"the sale price is not used before {starts}; import again then")
        return False
    if ends and today > ends:
        row.note("sale_ends", f"the sale was over on {ends}; the regular price is used")
        return False
    if ends:
        row.note("sale_ends", f"the sale price does not end by itself; import again after {ends}")
    elif starts:
        row.note("sale_starts", f"the sale is on since {starts}")
    return True


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise CellRefused(f'"{text[:40]}" is not a date such as 2026-01-31') from None
