"""Changes of what stands on the shelf: found different, counted, delivered, and when it is too little."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import select, update

from storefront.inventory import stock
from storefront.inventory.models import Stock
from storefront.inventory.refusals import BadCount, CountedMeanwhile, NotCounted, Promised
from storefront.platform import audit, db, events

MAX_UNITS = 10**9
MAX_NOTE = 500
REASONS = ("adjustment", "write_off", "delivery", "count")
"""Why somebody changes a number by hand; sales and returns come from orders, and imports from files."""


@dataclass(frozen=True, slots=True)
class Adjust:
    """So many more, or fewer, and why."""

    difference: int
    reason: str = "adjustment"
    note: str = ""


@dataclass(frozen=True, slots=True)
class CountShelf:
    """What somebody counted, and what the page said when they went to count."""

    seen: int
    counted: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came in, by variant, and where from or on which delivery note."""

    units: Mapping[int, int] = field(default_factory=dict)
    note: str = ""


@db.retried
def adjust_stock(variant_id: int, wish: Adjust) -> int:
    """Put more on the shelf, or take some away; returns what is on hand then.

    It adds to whatever is there, so it is right whoever sold meanwhile. Raises NotCounted, Promised
    or BadCount.
    """
    _check(wish.difference, wish.reason)
    with db.transaction():
        found = _held(variant_id)
        return _put(variant_id, found, found.on_hand + wish.difference, wish.reason, wish.note)


@db.retried
def count_stock(variant_id: int, wish: CountShelf) -> int:
    """Make the shelf hold what was counted; returns it.

    Raises CountedMeanwhile when goods came or left since the page was shown: then nobody knows whether
    they were counted. Raises NotCounted, Promised or BadCount.
    """
    if not 0 <= wish.counted <= MAX_UNITS:
        raise BadCount(_("There can be no such number of units."))
    with db.transaction():
        found = _held(variant_id)
        if found.on_hand != wish.seen:
            raise CountedMeanwhile(variant_id, wish.seen, found.on_hand)
        return _put(variant_id, found, wish.counted, "count", wish.note)


@db.retried
def receive_delivery(wish: Delivery) -> dict[int, int]:
    """Put all that came on the shelves, or nothing; returns what is on hand then, by variant.

    Raises NotCounted or BadCount.
    """
    if not wish.units:
        raise BadCount(_("Please say what came, and how much of it."))
    for units in wish.units.values():
        _check(units, "delivery")
        if units < 0:
            raise BadCount(_("A delivery brings something; take units away on the page of one thing."))
    with db.transaction():
        held = {variant_id: _held(variant_id) for variant_id in sorted(wish.units)}
        return {
            variant_id: _put(variant_id, found, found.on_hand + wish.units[variant_id], "delivery", wish.note)
            for variant_id, found in held.items()
        }


@db.retried
def set_low_at(variant_id: int, low_at: int | None) -> None:
    """From this number on staff are told to order more; None takes the shop's own. Raises NotCounted."""
    if low_at is not None and not 0 <= low_at <= MAX_UNITS:
        raise BadCount(_("There can be no such number of units."))
    with db.transaction() as session:
        _held(variant_id)
        before = session.scalar(select(Stock.low_at).where(Stock.variant_id == variant_id))
        session.execute(update(Stock).where(Stock.variant_id == variant_id).values(low_at=low_at))
        audit.note("stock", variant_id, {"low_at": before}, {"low_at": low_at})


def _held(variant_id: int) -> stock.Count:
    """What is on the shelf, under its lock. Raises NotCounted."""
    found = stock.lock(variant_id)
    if found is None:
        raise NotCounted(variant_id)
    return found


def _put(variant_id: int, found: stock.Count, units: int, reason: str, note: str) -> int:
    if not 0 <= units <= MAX_UNITS:
        raise BadCount(_("There can be no such number of units."))
    try:
        difference = stock.set_on_hand(variant_id, units, reason, note=note or None)
    except stock.BelowReserved as below:
        raise Promised(variant_id, below.count.reserved) from None
    if difference:
        audit.note("stock", variant_id, {"on_hand": found.on_hand}, {"on_hand": units, "reason": reason})
        events.record("stock.changed", f"variant:{variant_id}", {"by": reason, "difference": difference})
    return units


def _check(difference: int, reason: str) -> None:
    if not difference or abs(difference) > MAX_UNITS:
        raise BadCount(_("Please say how many more, or how many fewer."))
    if reason not in REASONS:
        raise BadCount(_("Please say why."))
