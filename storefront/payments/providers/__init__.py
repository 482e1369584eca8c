"""One folder for each way of being paid; this is what they have in common."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from flask_babel.speaklater import LazyString

from storefront.config import Settings


@dataclass(frozen=True, slots=True)
class Method:
    """One choice on the checkout page; texts are translated when they are shown."""

    code: str
    label: LazyString
    hint: LazyString
    button: LazyString
    """What the last button says, with %(total)s in it."""
    deliveries: frozenset[str]
    """The ways of delivery it goes with."""
    first_state: str
    """The state its payment is made in: authorised when it is paid at hand-over."""


class Provider(Protocol):
    """Whoever moves the money; called outside any transaction."""

    code: str
    methods: tuple[Method, ...]

    def hold(self, method: Method, settings: Settings) -> timedelta | None:
        """How long an unpaid order keeps its stock; None when nothing ends it."""

    def begin(self, payment_id: int) -> str | None:
        """Ask for the money with our payment's id as its idempotency key.

        Returns the address where the shopper pays, or None when there is nothing to do there.
        """
