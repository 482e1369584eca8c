"""What a list can be narrowed by, as a page says it: groups of choices with counts, and what is chosen."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from storefront.catalog.forms import Reading
from storefront.catalog.searching.counting import PRICE
from storefront.catalog.searching.sieving import Facet, Sieved, Value
from storefront.catalog.searching.source import BOUNDS, MOST_STARS
from storefront.platform.i18n import gettext as _
from storefront.platform.language import spoken
from storefront.platform.links import PLACE
from storefront.platform.money import Money

MOST_GROUPS, MOST_CHOICES = 8, 12
RATING = "rating"
AT_ONCE = 6
"""So many choices of a group are seen at once; the others unfold."""
SIZES = ("xxs", "xs", "s", "small", "m", "medium", "l", "large", "xl", "extra large", "xxl", "xxxl")
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)")
Address = Callable[[dict[str, Any]], str]
"""The address of this list with other parameters."""


class Choice(NamedTuple):
    """One value, and how many products it would show."""

    value: str
    label: str
    products: int
    chosen: bool


class Group(NamedTuple):
    """One thing to choose by."""

    name: str
    title: str
    choices: tuple[Choice, ...]

    @property
    def seen(self) -> int:
        """How many stand open: more of them when one of the others is chosen."""
        last = max((place for place, choice in enumerate(self.choices, 1) if choice.chosen), default=0)
        return len(self.choices) if last > AT_ONCE or len(self.choices) <= AT_ONCE + 1 else AT_ONCE


class Step(NamedTuple):
    """A way to this list with one thing more, or one thing less."""

    label: str
    address: str
    products: int = 0
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Narrowing:
    """All that a page of a list says about narrowing it."""

    groups: tuple[Group, ...]
    prices: tuple[Step, ...]
    in_stock: Choice
    stars: tuple[Choice, ...]
    """So many and up, most first; none while nothing is rated."""
    chosen: tuple[Step, ...]
    """Each thing that is chosen leads to the list without it."""
    all: str
    """The address of the list with nothing chosen."""


def narrowing(reading: Reading, sieved: Sieved, currency: str, at: Address) -> Narrowing:
    """How this list can be narrowed, and widened again."""
    asked = reading.parameters()
    groups, shown, stars = _groups(sieved.facets, spoken())
    kept = {name: value for name, value in asked.items() if name in ("q", "sort")}
    return Narrowing(
        shown,
        tuple(_prices(sieved, asked, currency, at)),
        Choice("1", _("In stock"), sieved.in_stock, reading.wish.in_stock),
        stars,
        tuple(_chosen(reading, groups, asked, at)),
        at(kept),
    )


@lru_cache(maxsize=200)
def _groups(
    facets: tuple[Facet, ...], _language: str
) -> tuple[tuple[Group, ...], tuple[Group, ...], tuple[Choice, ...]]:
    """All groups, the boxes of those that there is something to choose in, and the stars."""
    groups = [_group(facet) for facet in facets if facet.name not in (PRICE, RATING)]
    stars = _stars(facets)
    shown = [group for group in groups if len(group.choices) > 1 or any(one.chosen for one in group.choices)]
    shown.sort(key=_importance)
    return (*groups, Group(RATING, _("Rating"), stars)), tuple(shown[:MOST_GROUPS]), stars


def _group(facet: Facet) -> Group:
    titles = {"category": _("Shelf"), "brand": _("Brand")}
    kept = [value for place, value in enumerate(facet.values) if place < MOST_CHOICES or value.chosen]
    return Group(
        facet.name,
        titles.get(facet.name, facet.title),
        tuple(
            Choice(value.value, value.title, value.products, value.chosen)
            for value in sorted(kept, key=_natural)
        ),
    )


def _stars(facets: Sequence[Facet]) -> tuple[Choice, ...]:
    """Every number of stars, if anything has some, so that the choices stay where they are."""
    values = next((facet.values for facet in facets if facet.name == RATING), ())
    known = {value.value: value for value in values}
    return tuple(
        Choice(
            value,
            _("%(stars)s and up", stars=value),
            known[value].products if value in known else 0,
            value in known and known[value].chosen,
        )
        for value in map(str, range(MOST_STARS if values else 0, 0, -1))
    )


def _importance(group: Group) -> tuple[int, int]:
    """Shelves first, then options, by how many products have them; makers last."""
    rank = {"category": 0, "brand": 2}.get(group.name, 1)
    return rank, -sum(choice.products for choice in group.choices)


def _natural(value: Value) -> tuple[Any, ...]:
    """Sizes from small to large, numbers by their size, all else by the alphabet."""
    title = value.title.casefold()
    size = SIZES.index(title) if title in SIZES else len(SIZES)
    parts = _NUMBER.split(title)
    return (
        size,
        [float(part.replace(",", ".")) if place % 2 else 0.0 for place, part in enumerate(parts)],
        title,
    )


def _prices(sieved: Sieved, asked: dict[str, Any], currency: str, at: Address) -> list[Step]:
    """A link for each range of prices that something has."""
    values = next((facet.values for facet in sieved.facets if facet.name == PRICE), ())
    ranges = sorted((int(value.value), value) for value in values)
    if len(ranges) < 2 and "price" not in asked:
        return []
    before, _place, after = at(asked | {"price": PLACE}).partition(PLACE)
    language = spoken()
    return [
        Step(
            _range_in_words(number, currency, language),
            f"{before}{_range(number, currency)}{after}",
            value.products,
            asked.get("price") == _range(number, currency),
        )
        for number, value in ranges
    ]


@lru_cache
def steps(currency: str) -> frozenset[str]:
    """The ranges of prices that lists link to, as their addresses say them."""
    return frozenset(_range(number, currency) for number in range(len(BOUNDS) + 1))


@lru_cache
def _range(number: int, currency: str) -> str:
    """As an address says it: both ends are meant, so it ends just below the next one."""
    least = Money(BOUNDS[number - 1], currency).decimal if number else ""
    most = Money(BOUNDS[number] - 1, currency).decimal if number < len(BOUNDS) else ""
    return f"{least}-{most}"


@lru_cache
def _range_in_words(number: int, currency: str, _language: str) -> str:
    if number == 0:
        return _("under %(price)s", price=Money(BOUNDS[0], currency).format())
    least = Money(BOUNDS[number - 1], currency).format()
    if number == len(BOUNDS):
        return _("%(price)s and more", price=least)
    return _("%(least)s to %(most)s", least=least, most=Money(BOUNDS[number], currency).format())


def _chosen(reading: Reading, groups: Sequence[Group], asked: dict[str, Any], at: Address) -> list[Step]:
    steps = []
    for group in groups:
        values = asked.get(group.name, ())
        for choice in group.choices:
            if choice.chosen:
                rest = tuple(value for value in values if value != choice.value)
                steps.append(Step(f"{group.title}: {choice.label}", at(_with(asked, group.name, rest))))
    if any(reading.price):
        least, most = reading.price
        label = _("from %(price)s", price=least) if not most else _("up to %(price)s", price=most)
        if least and most:
            label = f"{least} – {most}"
        steps.append(Step(_("Price: %(range)s", range=label), at(_with(asked, "price", ""))))
    if reading.wish.in_stock:
        steps.append(Step(_("In stock"), at(_with(asked, "in_stock", ""))))
    return steps


def _with(asked: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    return {key: kept for key, kept in (asked | {name: value}).items() if kept}
