"""Rows that cannot be taken as the shop stands now."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row, which of its cells says no (by meaning), and why."""

    row: int
    meaning: str
    reason: str


class RowsRefused(Exception):
    """Some rows of a product contradict the shop; nothing of it was changed, the rest may be tried again."""

    def __init__(self, *rows: BadRow) -> None:
        super().__init__(*rows)
        self.rows = rows
