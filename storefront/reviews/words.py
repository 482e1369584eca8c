"""What customers and staff read of a review's state."""

from flask_babel import gettext as _

from storefront.reviews.models import Review


def done(what: str) -> str:
    """What just happened to a review; empty for anything else an address may say."""
    sentences = {
        "published": _("Thank you! Your review is published."),
        "pending": _("Thank you! We read every review before others can; yours will be there soon."),
        "deleted": _("Your review is deleted."),
    }
    return sentences.get(what, "")


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
