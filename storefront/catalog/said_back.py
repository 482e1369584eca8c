"""What the catalog refuses, as the API says it: 412 for what is old, 409 for what only the shop knows."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask_babel import gettext as _

from storefront.catalog.refusals import BadWish, ShelfGone, Stale, Taken
from storefront.catalog.shelving.refusals import StaleShelf
from storefront.platform.json_api.kinds import AmountMeant
from storefront.platform.json_api.refusals import ChangedSince, Contradiction, Missing
from storefront.shop.queries import facts

FIELDS = {"parent": "parent_id", "files": "file", "options": "option_names"}
"""What fields of forms are called in JSON, where it is not the same."""


@contextmanager
def in_api_words() -> Iterator[None]:
    """Let programs hear refusals as their document says them."""
    try:
        yield
    except (Stale, StaleShelf) as stale:
        raise ChangedSince(f'"{stale.version}"') from None
    except Taken as taken:
        raise Contradiction.at(_pointer(taken.field), "taken", taken.message()) from None
    except BadWish as wish:
        raise Contradiction.at(_pointer(wish.field), "impossible", wish.message()) from None
    except ShelfGone:
        raise Missing.at("#/category_ids", "reference-missing", _("There is no such shelf.")) from None


def amount_of(meant: AmountMeant, pointer: str) -> int:
    """Minor units of the shop's currency. Raises Contradiction."""
    ours = facts().currency
    if meant.currency != ours:
        sentence = _("This shop sells in %(currency)s.", currency=ours)
        raise Contradiction.at(pointer, "currency-differs", sentence)
    return meant.amount


def _pointer(field: str) -> str:
    return f"#/{FIELDS.get(field, field)}"
