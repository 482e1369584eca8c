"""Refusals: a named, polite "no" that carries its facts and knows how to say itself."""

from typing import Any, ClassVar

from flask_babel import gettext as _


class Refusal(Exception):
    """A request that was understood and cannot be done; subclasses carry the facts.

    `status` is the HTTP status it is answered with, `code` its stable name for programs.
    """

    status: ClassVar[int] = 409
    code: ClassVar[str] = "refused"

    def message(self) -> str:
        """One sentence for the person who asked, in their language."""
        return _("That cannot be done.")

    def facts(self) -> dict[str, Any]:
        """What a program needs to go on, as JSON can hold it."""
        return {}

    def headers(self) -> dict[str, str]:
        """What is said beside it to a program."""
        return {}


class NotFound(Refusal):
    """There is no such thing, or not for whoever asks."""

    status = 404
    code = "not-found"

    def message(self) -> str:
        return _("We could not find that.")


class Busy(Refusal):
    """Too many want the same thing at once; trying again soon will work."""

    status = 503
    code = "busy"

    def message(self) -> str:
        return _("The shop is very busy. Nothing was changed; please try again in a moment.")
