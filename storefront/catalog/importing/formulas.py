"""Cells that a spreadsheet would run: a quote stands in front of them that is no part of the value."""

import re

DANGEROUS = re.compile(r"'*[=+\-@]")
NUMBER = re.compile(r"[+\-][0-9]+(\.[0-9]*)?")
GUARDED = re.compile(r"'+[=+\-@]")


def guarded(cell: str) -> str:
    """The cell as files hold it. One that has such a quote by itself gets another, so that none is lost."""
    if DANGEROUS.match(cell) and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def unguarded(cell: str) -> str:
    """The value that a cell of a file stands for."""
    cell = cell.strip()
    return cell[1:] if GUARDED.match(cell) else cell
