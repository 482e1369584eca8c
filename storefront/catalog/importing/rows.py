"""One row of a file: cells by meaning, what is wrong with them, and what should be said of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from storefront.catalog.importing.cells import CellRefused, check_characters
from storefront.catalog.importing.records import MISSING, Given

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row was refused, and which column said so."""

    column: str
    reason: str


@dataclass(slots=True)
class Row:
    """The cells of one row by meaning; `number` counts as a spreadsheet does, the header being 1."""

    number: int
    cells: dict[str, str]
    names: dict[str, str]
    """What the file itself calls each column."""
    original: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def has(self, *meanings: str) -> bool:
        """Whether any of these cells holds something."""
        return any(self.cells.get(meaning) for meaning in meanings)

    def knows(self, meaning: str) -> bool:
        """Whether the file has such a column, filled or blank."""
        return meaning in self.cells

    def word(self, meaning: str) -> str:
        """The cell as it stands, blank if the column is missing."""
        return self.cells.get(meaning, "")

    def read(self, meaning: str, parse: Callable[[str], T]) -> Given[T]:
        """The cell's value; a bad cell is written down as a problem and counts as missing."""
        if meaning not in self.cells:
            return MISSING
        try:
            check_characters(self.cells[meaning])
            return parse(self.cells[meaning])
        except CellRefused as refused:
            self.refuse(meaning, str(refused))
            return MISSING

    def refuse(self, meaning: str, reason: str) -> None:
        """Write down why this row cannot be taken."""
        problem = Problem(self._name(meaning), reason)
        if problem not in self.problems:
            self.problems.append(problem)

    def note(self, meaning: str, text: str) -> None:
        """Say something about a cell that is not taken as it stands."""
        said = f"{self._name(meaning)}: {text}"
        if said not in self.notes:
            self.notes.append(said)

    def _name(self, meaning: str) -> str:
        return self.names.get(meaning, meaning.replace("_", " "))
