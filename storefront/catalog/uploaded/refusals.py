"""Why a file is not taken in, or not now."""

from dataclasses import dataclass

from flask_babel import gettext as _

from storefront.platform.errors import Refusal


@dataclass
class BadUpload(Refusal):
    """This file cannot be a catalog; the reason says why."""

    reason: str
    status = 422
    code = "bad-upload"

    def message(self) -> str:
        return self.reason


class OneAtATime(Refusal):
    """Another file is being rehearsed or imported."""

    code = "one-at-a-time"

    def message(self) -> str:
        return _("Another file is being looked at or imported right now. Please wait until that is done.")


class NotNow(Refusal):
    """The file is not in a state in which this can be done."""

    code = "not-now"

    def message(self) -> str:
        return _("This file was imported or stopped already.")
