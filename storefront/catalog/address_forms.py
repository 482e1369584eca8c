"""Which parameters of an address make a page of the shelves another page; all others are somebody else's."""

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from storefront.catalog.forms import MAX_FACETS, MAX_VALUES, NO_FACETS, words
from storefront.catalog.searching.models import FacetValue
from storefront.platform import db
from storefront.platform.caching.remembered import Remembered

SINGLE = ("price", "sort", "after")
BOUNDS = ("from", "to")
"""A form says these where an address says a price, one of them perhaps empty."""
MOST_CHOICES = 10
"""Radio buttons of a product's page."""


def _facets() -> frozenset[str]:
    return frozenset(db.session.scalars(select(FacetValue.facet).distinct())) - NO_FACETS


facets = Remembered("catalog", _facets)


def of_list(args: MultiDict[str, str]) -> list[tuple[str, str]]:
    """Of a list: what is wished for, each facet's values in one order."""
    kept = of_suggestions(args) + [(name, args[name]) for name in SINGLE if args.get(name)]
    kept += [("in_stock", "1")] if args.get("in_stock") == "1" else []
    kept += [(name, args[name]) for name in BOUNDS if name in args]
    names = args.keys() - NO_FACETS
    chosen = sorted(names & facets.get())[:MAX_FACETS] if names else []
    return kept + [
        (name, value) for name in chosen for value in sorted(set(args.getlist(name)))[:MAX_VALUES] if value
    ]


def of_suggestions(args: MultiDict[str, str]) -> list[tuple[str, str]]:
    """Of what is typed: the words, however they are spaced."""
    typed = words(args.get("q", ""))
    return [("q", typed)] if typed else []


def of_product(args: MultiDict[str, str]) -> list[tuple[str, str]]:
    """Of a product: the choice that is shown, or the buttons that lead to another."""
    names = ("variant", *(f"choice-{place}" for place in range(MOST_CHOICES)))
    return [(name, args[name]) for name in names if name in args]
