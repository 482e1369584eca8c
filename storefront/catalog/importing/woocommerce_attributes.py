"""Attributes of WooCommerce: those that variations name are options, the others only describe."""

from storefront.catalog.importing.cells import html_line
from storefront.catalog.importing.lists import each
from storefront.catalog.importing.records import MISSING
from storefront.catalog.importing.rows import Row
from storefront.catalog.models import MAX_OPTIONS

MAX_WORD = 100
WORD = html_line(MAX_WORD)


def of(row: Row) -> dict[str, tuple[str, ...]]:
    """Each named attribute of a row with its values; no values means any."""
    found = {}
    for number in _numbers(row):
        name = row.read(f"attribute{number}_name", WORD)
        values = row.read(f"attribute{number}_values", each(WORD))
        if name is not MISSING and name:
            found[name] = () if values is MISSING else values
    return found


def option_names(first: Row, children: list[Row]) -> tuple[str, ...]:
    """What a shopper chooses, in the parent's order and spelling."""
    chosen = {name.casefold(): name for child in reversed(children) for name in of(child)}
    spelled = {name.casefold(): name for name in of(first)}
    names = [spelled[key] for key in spelled if key in chosen]
    names += [chosen[key] for key in reversed(chosen) if key not in spelled]
    if len(names) > MAX_OPTIONS:
        first.refuse("type", f"has {len(names)} options ({', '.join(names)}), more than {MAX_OPTIONS}")
    return tuple(names[:MAX_OPTIONS])


def chosen(child: Row, names: tuple[str, ...]) -> tuple[str, ...]:
    """A variation's value for each option; blank means any."""
    own = {name.casefold(): ", ".join(values) for name, values in of(child).items()}
    return tuple(own.get(name.casefold(), "") for name in names)


def listed(first: Row, names: tuple[str, ...]) -> list[tuple[str, ...]]:
    """All values of each option, as the parent lists them."""
    all_values = {name.casefold(): values for name, values in of(first).items()}
    return [all_values.get(name.casefold(), ()) for name in names]


def name_unused(first: Row, options: tuple[str, ...]) -> None:
    """Say which attributes are not taken."""
    for number in _numbers(first):
        name = first.word(f"attribute{number}_name")
        if name and name.casefold() not in {option.casefold() for option in options}:
            values = first.word(f"attribute{number}_values")
            first.note(f"attribute{number}_name", f'"{name[:40]}: {values[:80]}" is no choice; not taken')


def _numbers(row: Row) -> list[int]:
    return [
        int(meaning.removeprefix("attribute").removesuffix("_name"))
        for meaning in row.cells
        if meaning.startswith("attribute") and meaning.endswith("_name")
    ]
