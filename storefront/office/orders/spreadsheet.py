"""Lines of CSV that a spreadsheet shows and never runs."""

import csv
import io
import re
from collections.abc import Iterable
from decimal import Decimal

MARK = "\ufeff"  # Without it Excel takes UTF-8 for something else.
DANGEROUS = re.compile(r"[\s]*[=+\-@\t\r\n|]")
Cell = str | int | Decimal


def line(cells: Iterable[Cell]) -> str:
    """One row. Text that a spreadsheet would take for a formula gets a quote in front."""
    out = io.StringIO()
    csv.writer(out).writerow([defused(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue()


def defused(text: str) -> str:
    """The same text, for the eye alone."""
    return f"'{text}" if DANGEROUS.match(text) else text
