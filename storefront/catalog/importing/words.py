"""Read yes-or-no cells of a row."""

from functools import partial

from storefront.catalog.importing.cells import yes_or_no
from storefront.catalog.importing.records import Given
from storefront.catalog.importing.rows import Row


def flag(row: Row, meaning: str, *, blank: bool) -> Given[bool]:
    """Whether the cell says yes; `blank` is what an empty one means."""
    return row.read(meaning, partial(yes_or_no, blank=blank))
