"""What waits for somebody: orders, reviews, empty shelves, parked jobs and letters that were not taken."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy import Select, func, literal, select

from storefront.config import settings
from storefront.inventory.models import Stock
from storefront.office.orders import listing
from storefront.office.work.tables import JOBS, STATES
from storefront.platform import db
from storefront.platform.mail import Message
from storefront.platform.people import Person
from storefront.reviews.models import Review

MOST = listing.MOST_COUNTED
"""No heap is counted further than to one above this."""


@dataclass(frozen=True, slots=True)
class Heap:
    """How many of something wait, and where they are listed."""

    label: LazyString
    endpoint: str
    count: int
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        return self.count > MOST


@dataclass(frozen=True, slots=True)
class _Kind:
    label: LazyString
    endpoint: str
    roles: frozenset[str]
    question: Callable[[], Select[Any]]
    values: dict[str, Any] = field(default_factory=dict)


def waiting(person: Person) -> list[Heap]:
    """The heaps that somebody with these roles works off. Two statements."""
    heaps = _orders() if {"owner", "orders"} & person.roles else []
    return heaps + _others([kind for kind in _KINDS if (kind.roles | {"owner"}) & person.roles])


def _orders() -> list[Heap]:
    counts = listing.counts()
    return [
        Heap(words, "office_orders.index", counts[code], {"state": code})
        for code, words in (
            ("to-pack", lazy_gettext("To pack")),
            ("to-hand-over", lazy_gettext("To hand over")),
            ("to-refund", lazy_gettext("To refund")),
        )
    ]


def _others(kinds: Sequence[_Kind]) -> list[Heap]:
    if not kinds:
        return []
    each = [_capped(kind.question()) for kind in kinds]
    found = db.session.execute(select(*each)).one()
    return [
        Heap(kind.label, kind.endpoint, count, kind.values) for kind, count in zip(kinds, found, strict=True)
    ]


def _capped(question: Select[Any]) -> Any:
    return select(func.count()).select_from(question.limit(MOST + 1).subquery()).scalar_subquery()


def _low() -> Select[Any]:
    few = func.coalesce(Stock.low_at, settings().few_left)
    return select(literal(1)).select_from(Stock).where(Stock.on_hand - Stock.reserved <= few)


_KINDS = (
    _Kind(
        lazy_gettext("Low stock"),
        "inventory_admin.index",
        frozenset({"catalogue", "orders"}),
        _low,
        {"show": "low"},
    ),
    _Kind(
        lazy_gettext("Reviews to read"),
        "reviews_admin.index",
        frozenset({"catalogue"}),
        lambda: select(literal(1)).select_from(Review).where(Review.state == "pending"),
    ),
    _Kind(
        lazy_gettext("Parked jobs"),
        "office_work.index",
        frozenset(),
        lambda: select(literal(1)).select_from(JOBS).where(STATES["parked"]),
    ),
    _Kind(
        lazy_gettext("Letters not taken"),
        "office_letters.index",
        frozenset(),
        lambda: (
            select(literal(1))
            .select_from(Message)
            .where(Message.state == "waiting", Message.failed_at.is_not(None))
        ),
    ),
)
