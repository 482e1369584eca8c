"""What became of each row: new, changed, unchanged or refused, in words."""

import enum
from collections import Counter
from dataclasses import dataclass, field

from storefront.catalog.importing.rows import Problem


class Outcome(enum.Enum):
    """What a row did, or would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Change:
    """A field with its old and its new value, as people read them."""

    field: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.field}: {_shown(self.old)} → {_shown(self.new)}"


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say of a row that is taken, and of which cell (by meaning)."""

    row: int
    meaning: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row's part of the report."""

    row: int
    outcome: Outcome
    subject: str
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    original: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        details = [str(change) for change in self.changes]
        details += [f"{problem.column}: {problem.reason}" for problem in self.problems]
        line = f"row {self.row}: {self.outcome.value} - {self.subject}"
        line += f" - {'; '.join(details)}" if details else ""
        return printable("\n".join([line, *(f"    note: {note}" for note in self.notes)]))


@dataclass(slots=True)
class Counts:
    """How many rows came out which way."""

    rows: Counter[Outcome] = field(default_factory=Counter)
    notes: int = 0

    def add(self, line: Line) -> None:
        self.rows[line.outcome] += 1
        self.notes += len(line.notes)

    def __str__(self) -> str:
        counted = ", ".join(f"{self.rows[outcome]} {outcome.value}" for outcome in Outcome)
        return f"{self.rows.total()} rows: {counted}. Notes: {self.notes}."


def printable(text: str) -> str:
    """The text without anything a terminal would obey or could not show."""
    if text.replace("\n", "").isprintable():
        return text
    return "".join(
        letter if letter.isprintable() or letter == "\n" else f"\\u{ord(letter):04x}" for letter in text
    )


def _shown(value: str) -> str:
    value = " ".join(value.split())
    if not value:
        return "(blank)"
    return value if len(value) <= 60 else f"{value[:59]}…"
