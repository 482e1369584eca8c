"""The options of a Shopify product: named on its first row, valued on each."""

from collections.abc import Sequence
from dataclasses import dataclass

from storefront.catalog.importing.cells import line
from storefront.catalog.importing.records import MISSING, Given
from storefront.catalog.importing.rows import Row

MAX_WORD = 100
SLOTS = (1, 2, 3)
NO_CHOICE = ("title", "default title")


@dataclass(frozen=True, slots=True)
class Options:
    """The names in order, and which of the three pairs of columns hold them."""

    names: Given[tuple[str, ...]]
    slots: tuple[int, ...]

    def values(self, row: Row) -> Given[tuple[str, ...]]:
        """What this row chooses; a blank where a choice is due refuses it."""
        if not any(row.knows(f"option{slot}_value") for slot in SLOTS):
            return MISSING
        found = []
        for slot in self.slots:
            value = row.read(f"option{slot}_value", line(MAX_WORD))
            if value == "" or not row.knows(f"option{slot}_value"):
                row.refuse(f"option{slot}_value", "is blank")
            found.append(value or "")
        return () if self.names is MISSING and _is_default(found) else tuple(found)


def of(rows: list[Row], *, headed: bool) -> Options:
    """The options these rows share. Without a first row only the values tell where they stand."""
    first = rows[0]
    if not any(first.knows(f"option{slot}_name") for slot in SLOTS):
        return Options(MISSING, _valued(rows))
    if not headed:
        return Options(MISSING, _valued(rows))
    names = {
        slot: str(first.read(f"option{slot}_name", line(MAX_WORD)))
        for slot in SLOTS
        if first.has(f"option{slot}_name")
    }
    for slot in _valued(rows):
        if slot not in names:
            first.refuse(f"option{slot}_name", "is blank, but there are values")
    _compare(rows, names)
    if _without_choice(rows, names):
        return Options((), ())
    return Options(tuple(names.values()), tuple(names))


def _valued(rows: list[Row]) -> tuple[int, ...]:
    return tuple(slot for slot in SLOTS if any(row.has(f"option{slot}_value") for row in rows))


def _without_choice(rows: list[Row], names: dict[int, str]) -> bool:
    """Whether this is Shopify's way to say that there is nothing to choose."""
    title, default = NO_CHOICE
    values = {row.word(f"option{slot}_value").lower() for row in rows for slot in names}
    return [name.lower() for name in names.values()] in ([], [title]) and values <= {default, ""}


def _is_default(values: Sequence[str]) -> bool:
    return [value.lower() for value in values] == [NO_CHOICE[1]]


def _compare(rows: list[Row], names: dict[int, str]) -> None:
    """Names may be written again on later rows, and differently: the first row's count."""
    for slot, name in names.items():
        twin = next((other for other in names if other < slot and _same(names[other], name)), None)
        if twin:
            rows[0].refuse(f"option{slot}_name", f'"{name}" is the name of option {twin} already')
        for row in rows[1:]:
            again = row.word(f"option{slot}_name")
            if again and again != name:
                row.note(f"option{slot}_name", f'"{again[:40]}" is taken as "{name}" of the first row')


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
