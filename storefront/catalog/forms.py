"""What addresses of lists ask for; a value that cannot be used is said and left out, never an error."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from storefront.catalog.searching.source import PARAMETERS
from storefront.catalog.sorting import RELEVANCE, SORTS, Sort
from storefront.catalog.wishes import Wish
from storefront.platform.money import Money
from storefront.platform.paging import Cursor

MAX_WORDS = 200  # characters
MAX_AMOUNT = 20  # characters
MAX_FACETS, MAX_VALUES, MAX_VALUE = 12, 40, 200  # kinds of choices, choices of a kind, characters of one
NO_FACETS = frozenset(PARAMETERS) - {"brand", "category", "rating"}
AMOUNT = re.compile(r"^[0-9]{1,9}(?:[.,][0-9]{1,3})?$")
RANGE_SIGNS = str.maketrans({"–": "-", "−": "-"})


@dataclass
class Reading:
    """A wish as it was read, and a sentence for each thing that could not be."""

    wish: Wish
    sorts: tuple[Sort, ...]
    price: tuple[str, str] = ("", "")
    """The bounds as they were typed, to be shown again."""
    notes: list[str] = field(default_factory=list)

    def know(self, wish: Wish, unknown: Sequence[str]) -> None:
        """Take what the catalog knows of the wish, and say what it does not."""
        self.wish = wish
        self.notes += [
            _("Nothing here is “%(value)s”, so that is left out.", value=value) for value in unknown
        ]

    def parameters(self) -> dict[str, Any]:
        """The same wish as an address says it, without what goes without saying."""
        said: dict[str, Any] = {
            "q": self.wish.words,
            **{name: tuple(sorted(values)) for name, values in sorted(self.wish.facets.items())},
            "price": "-".join(self.price) if any(self.price) else "",
            "in_stock": "1" if self.wish.in_stock else "",
            "sort": "" if self.wish.sort is self.sorts[0] else self.wish.sort.name,
        }
        return {name: value for name, value in said.items() if value}


def read(args: MultiDict[str, str], currency: str) -> Reading:
    """The wish in an address: `?q= &price=10-50 &in_stock=1 &sort= &after=`, and one parameter per facet.

    A form says `from` and `to` instead of `price`.
    """
    typed = words(args.get("q", ""))
    sorts = (*([RELEVANCE] if typed else []), *SORTS.values())
    wish = Wish(typed, _facets(args), in_stock=args.get("in_stock") == "1", sort=sorts[0])
    reading = Reading(wish, sorts)
    _read_sort(reading, args.get("sort", ""))
    _read_price(reading, args, currency)
    _read_cursor(reading, args.get("after", ""))
    return reading


def words(text: str, most: int = MAX_WORDS) -> str:
    """What was typed, without what cannot be read and without too much of it."""
    readable = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(readable.split())[:most]


def _facets(args: MultiDict[str, str]) -> dict[str, tuple[str, ...]]:
    """Every other parameter might be a facet; which ones are, only the catalog knows."""
    found: dict[str, tuple[str, ...]] = {}
    for name, values in args.lists():
        if name in NO_FACETS or len(name) > MAX_VALUE or len(found) == MAX_FACETS:
            continue
        usable = [
            value for value in dict.fromkeys(values) if 0 < len(value) <= MAX_VALUE and "\0" not in value
        ]
        if usable and "\0" not in name:
            found[name] = tuple(usable[:MAX_VALUES])
    return found


def _read_sort(reading: Reading, name: str) -> None:
    for sort in reading.sorts:
        if sort.name == name:
            reading.wish = replace(reading.wish, sort=sort)
            return
    if name:
        reading.notes.append(_("We cannot sort like that, so the list stands in its own order."))


def _read_price(reading: Reading, args: MultiDict[str, str], currency: str) -> None:
    least, dash, most = args.get("price", "").translate(RANGE_SIGNS).partition("-")
    least = words(args.get("from", least), MAX_AMOUNT)
    most = words(args.get("to", most if dash else least), MAX_AMOUNT)
    reading.price = (least, most)
    try:
        low, high = _amount(least, currency), _amount(most, currency)
    except ValueError:
        reading.notes.append(_("Please write prices as plain numbers, such as 10 or 49.90. All are shown."))
        return
    if low is not None and high is not None and low > high:
        reading.price, low, high = (most, least), high, low
    reading.wish = replace(reading.wish, least=low, most=high)


def _amount(text: str, currency: str) -> int | None:
    if not text:
        return None
    if not AMOUNT.match(text):
        raise ValueError(text)
    return Money.parse(text.replace(",", "."), currency).amount


def _read_cursor(reading: Reading, text: str) -> None:
    if not text:
        return
    sort = reading.wish.sort
    try:
        reading.wish = replace(reading.wish, after=Cursor.read(text, sort.name, sort.kind))
    except ValueError:
        reading.notes.append(_("We lost the place in the list; here is its start."))
