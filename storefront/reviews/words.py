"""What customers and staff read of a review's state."""

from collections.abc import Callable

from flask_babel import gettext as _

from storefront.reviews.models import Review

DONE: dict[str, Callable[[], str]] = {
    "review-published": lambda: _("Thank you! Your review is published."),
    "review-pending": lambda: _("Thank you! Before others can read it, we do; it will be there soon."),
    "review-deleted": lambda: _("Your review is deleted."),
}
"""What was just done, as the next page says it."""


def state(review: Review) -> str:
    """Where it stands, in a word or two."""
    return {
        "pending": _("Waits to be read"),
        "published": _("Published"),
        "rejected": _("Not published"),
    }[review.state]


def standing(review: Review) -> str:
    """The same for its author, in a sentence."""
    return {
        "pending": _("We read every review before others can. This one will be there soon."),
        "published": _("Everybody can read it."),
        "rejected": _("We do not show it: %(reason)s", reason=review.reason),
    }[review.state]
