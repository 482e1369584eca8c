"""Why a shelf cannot be changed."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from storefront.platform.errors import Refusal


@dataclass
class StaleShelf(Refusal):
    """Somebody saved the shelf meanwhile: what it is now."""

    theirs: Any
    version: int
    code = "stale"

    def message(self) -> str:
        return _("Somebody else has changed this meanwhile. Nothing of yours was saved yet.")
