"""What a review can be refused for."""

from flask_babel import gettext as _

from storefront.platform.errors import Refusal


class AlreadyReviewed(Refusal):
    """A customer says one thing of a product; what they said can be changed."""

    code = "already-reviewed"

    def __init__(self, review_id: int) -> None:
        super().__init__(str(review_id))
        self.review_id = review_id

    def message(self) -> str:
        return _("You have reviewed this product already. You can change what you wrote.")


class ChangedMeanwhile(Refusal):
    """Its author has written something else since a member of staff read it."""

    code = "changed-meanwhile"

    def message(self) -> str:
        return _("This review was changed while you read it. Please read it again.")


class TooFast(Refusal):
    """So many reviews in so short a time."""

    status = 429
    code = "too-many-requests"

    def message(self) -> str:
        return _("That was a little too fast. Please wait a minute and send it again: nothing is lost.")


class SignedOut(Refusal):
    """Whoever wrote this is not signed in any more, or not yet."""

    status = 401
    code = "not-signed-in"

    def message(self) -> str:
        return _("Please sign in, then send your review again: everything you typed is kept here.")
