"""Why units cannot be counted so."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from storefront.platform.errors import Refusal


@dataclass
class CountedMeanwhile(Refusal):
    """The shelf holds another number now than somebody saw before they counted."""

    variant_id: int
    seen: int
    on_hand: int
    code = "counted-meanwhile"

    def message(self) -> str:
        return _(
            "There were %(seen)s when you looked, and there are %(on_hand)s now. Nothing was changed; please look again.",  # noqa: E501 - gettext wants one string
            seen=self.seen,
            on_hand=self.on_hand,
        )


@dataclass
class Promised(Refusal):
    """Fewer would be left than orders were promised."""

    variant_id: int
    reserved: int
    code = "below-reserved"

    def message(self) -> str:
        return ngettext(
            "%(num)s is promised to an order, so no fewer can be on the shelf.",
            "%(num)s are promised to orders, so no fewer can be on the shelf.",
            self.reserved,
        )


@dataclass
class NotCounted(Refusal):
    """Nobody counts this variant."""

    variant_id: int
    code = "not-counted"

    def message(self) -> str:
        return _("This is not counted, so there is nothing to change.")


@dataclass
class BadCount(Refusal):
    """A number or a reason that cannot be."""

    reason: str
    status = 422
    code = "invalid"

    def message(self) -> str:
        return self.reason
