"""From options to choices: which of a product's variants stay, go, come back or are new."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product as every_combination

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose, such as size, and what there is to choose from."""

    name: str
    values: Values


@dataclass(frozen=True, slots=True)
class Known:
    """A variant that is there."""

    id: int
    values: Values
    archived: bool = False


@dataclass(slots=True)
class Matrix:
    """What becomes of each: new values by id, who goes, who comes back, and what is made."""

    order: list[Values] = field(default_factory=list)
    moved: dict[int, Values] = field(default_factory=dict)
    archived: list[int] = field(default_factory=list)
    restored: list[int] = field(default_factory=list)
    new: list[Values] = field(default_factory=list)


def matrix(before: Sequence[str], options: Sequence[Option], known: Sequence[Known]) -> Matrix:
    """One variant for every combination; those that are there keep what they were chosen by.

    With an option more, each stands for the option's first value; with one less, the first of those that
    are now the same stays.
    """
    places = _places(before, options)
    made = Matrix(order=list(every_combination(*(option.values for option in options))))
    wanted, holders = set(made.order), {one.values: one for one in known}
    claimed: dict[Values, int] = {}
    live = [(one, _fitted(one.values, places, options)) for one in known if not one.archived]
    for one, values in sorted(live, key=lambda pair: pair[0].values != pair[1]):  # Who stays comes first.
        holder = holders.get(values)
        if values not in wanted or values in claimed or (holder is not None and holder.archived):
            made.archived.append(one.id)
        else:
            claimed[values] = one.id
            if values != one.values:
                made.moved[one.id] = values
    for values in made.order:
        if values not in claimed and (old := holders.get(values)) is not None and old.archived:
            claimed[values] = old.id
            made.restored.append(old.id)
    made.new = [values for values in made.order if values not in claimed]
    return made


def _places(before: Sequence[str], options: Sequence[Option]) -> list[int | None]:
    """Where each option's value stood: under its name, or in the place of one that has another name now."""
    names = {option.name for option in options}
    places: list[int | None] = []
    for place, option in enumerate(options):
        if option.name in before:
            places.append(before.index(option.name))
        else:
            renamed = place < len(before) and before[place] not in names
            places.append(place if renamed else None)
    return places


def _fitted(values: Values, places: Sequence[int | None], options: Sequence[Option]) -> Values:
    return tuple(
        values[place] if place is not None and place < len(values) else option.values[0]
        for place, option in zip(places, options, strict=True)
    )
