"""What cannot be said about a shop."""

from dataclasses import dataclass

from flask_babel import gettext as _

from storefront.platform.errors import Refusal


@dataclass
class BadFact(Refusal):
    """A fact of the shop cannot have this value."""

    name: str
    reason: str
    status = 422
    code = "bad-shop-fact"

    def message(self) -> str:
        return _("%(name)s: %(reason)s", name=self.name, reason=self.reason)


@dataclass
class StalePage(Refusal):
    """Somebody wrote the page meanwhile: what it says now, if anything."""

    theirs: dict[str, str] | None
    version: int
    code = "stale"

    def message(self) -> str:
        return _("Somebody else has changed this meanwhile. Nothing of yours was saved yet.")
