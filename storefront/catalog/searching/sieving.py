"""Sieve products by what they have in common, and say what each further choice would leave."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Row

from storefront.catalog.searching.counting import ENOUGH, IN_STOCK, PRICE, WORDS, statement
from storefront.catalog.searching.meaning import Meaning
from storefront.catalog.searching.source import BOUNDS
from storefront.platform.asking import Question

MAX = 2**62
"""More than any price, and more than there are products."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What is chosen, before it is known which of it exists; amounts in minor units."""

    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    least: int | None = None
    most: int | None = None
    in_stock: bool = False
    shelf_id: int | None = None
    meaning: Meaning | None = None


class Value(NamedTuple):
    """A value of a facet: as addresses and as people say it, and how many products it would show."""

    id: int
    value: str
    title: str
    products: int
    chosen: bool


class Facet(NamedTuple):
    """Something to choose by: as addresses say it, and as the merchant does; the shop's own have no title."""

    name: str
    title: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Sieved:
    """How many products are left, what there is to choose, and what lists are to be sieved by."""

    total: int
    facets: tuple[Facet, ...]
    in_stock: int
    """How many of them are in stock, or would be left if only what is in stock were shown."""
    value_ids: tuple[tuple[int, ...], ...]
    """A product must have one of each of these."""
    meaning: Meaning | None = None
    """The search, widened to descriptions if it had to be."""


UNSIEVED = Sieved(MAX, (), MAX, ())
"""Everything the shop sells, uncounted."""


def sieve(choices: Choices) -> Sieved:
    """Count it all, in one statement."""
    question, values = _question(choices)
    counts, facets, value_ids = _read(tuple(question.ask(values)))
    meaning = choices.meaning
    if meaning is not None and counts.get(WORDS, 0) < ENOUGH:
        meaning = meaning.widened()
    return Sieved(counts.get("", 0), facets, counts.get(IN_STOCK, 0), value_ids, meaning)


@lru_cache(maxsize=200)
def _read(
    rows: tuple[Row[Any], ...],
) -> tuple[Mapping[str, int], tuple[Facet, ...], tuple[tuple[int, ...], ...]]:
    """What the rows say: counts, facets, what is chosen. A list that is built anew mostly says the same."""
    counts = {row.facet: row.products for row in rows if row.id == 0 or row.facet == ""}
    real = [row for row in rows if row.id and row.facet]
    return counts, tuple(_facets([row for row in real if not row.shelf])), tuple(_ids(real))


def _question(choices: Choices) -> tuple[Question, dict[str, Any]]:
    """The statement and its values."""
    asked = [(facet, value) for facet, values in choices.facets.items() for value in values]
    priced = choices.least is not None or choices.most is not None
    whole, edges = ranges(choices.least or 0, MAX if choices.most is None else choices.most + 1)
    meaning = choices.meaning
    narrow, wide = (meaning.condition, meaning.widened().condition) if meaning else ("", "")
    wish = statement(
        narrow,
        wide,
        shelf=choices.shelf_id is not None,
        prices="" if not priced else "amounts" if any(edges) else "ranges",
        in_stock=choices.in_stock,
    )
    values = meaning.condition_values if meaning else {}
    values |= {"facets": [facet for facet, _value in asked], "values": [value for _facet, value in asked]}
    for name, edge in zip(("lower", "upper"), edges, strict=True):
        values |= {f"{name}_from": edge.start, f"{name}_to": edge.stop}
    values |= {"ranges": list(map(str, whole)), "shelf": choices.shelf_id}
    return wish, values | {"also": [PRICE] * priced + [IN_STOCK] * choices.in_stock}


def ranges(least: int, most: int) -> tuple[range, tuple[range, range]]:
    """The price ranges of the index from one amount to below another, and what lies below and above them.

    The prices of whole ranges need not be read.
    """
    starts, ends = [0, *BOUNDS], [*BOUNDS, MAX]
    whole = range(bisect_left(starts, least), bisect_right(ends, most))
    if not whole:
        return whole, (range(least, most), range(0))
    return whole, (range(least, starts[whole.start]), range(ends[whole.stop - 1], most))


def _facets(rows: Sequence[Row[Any]]) -> list[Facet]:
    by_name: dict[str, list[Row[Any]]] = {}
    for row in rows:
        by_name.setdefault(row.facet, []).append(row)
    return [Facet(name, found[0].name, tuple(map(_value, found))) for name, found in by_name.items()]


def _value(row: Row[Any]) -> Value:
    return Value(row.id, row.value, row.title, row.products, row.chosen)


def _ids(rows: Sequence[Row[Any]]) -> list[tuple[int, ...]]:
    """The shelf that is shown, and each facet's chosen values."""
    by_name: dict[str, list[int]] = {}
    for row in rows:
        if row.chosen:
            by_name.setdefault(row.facet, []).append(row.id)
    return [*((row.id,) for row in rows if row.shelf), *map(tuple, by_name.values())]
