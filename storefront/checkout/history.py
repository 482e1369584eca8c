"""What happened to an order, in words for whoever placed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from storefront.orders.models import StateChange


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, and when."""

    words: str
    at: datetime


def told(steps: Sequence[StateChange]) -> list[Event]:
    """The steps that a customer cares for, in order."""
    events = [(words(step), step.at) for step in steps]
    return [Event(said, at) for said, at in events if said]


def words(step: StateChange) -> str | None:
    """A step in a few words; nothing for what only the shop's books know."""
    first = step.from_state is None
    if step.subject == "order":
        return _("Ordered") if first else _order(step.to_state)
    if step.subject == "fulfilment":
        return None if first else _fulfilment(step.to_state)
    return _payment(step.to_state)


def _order(state: str) -> str | None:
    return {
        "open": _("Ordered again, as it was paid late"),
        "cancelled": _("Cancelled"),
        "expired": _("Ended, as it was not paid in time"),
    }.get(state)


def _fulfilment(state: str) -> str | None:
    return {
        "packed": _("Packed"),
        "ready": _("Ready for you to fetch"),
        "shipped": _("On its way to you"),
        "delivered": _("Received"),
        "returned": _("Came back to us"),
    }.get(state)


def _payment(state: str) -> str | None:
    return {
        "captured": _("Paid"),
        "partially_refunded": _("Part of the money was sent back"),
        "refunded": _("The money was sent back"),
    }.get(state)
