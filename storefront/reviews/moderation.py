"""Changes by staff: let others see a review, or say why not."""

from typing import Any

from sqlalchemy import delete, select, update

from storefront.accounts.models import Account
from storefront.platform import audit, db, events, jobs, mail
from storefront.platform.errors import NotFound
from storefront.reviews import counting
from storefront.reviews.models import Review
from storefront.reviews.refusals import ChangedMeanwhile


@db.retried
def publish_review(review_id: int, version: int) -> None:
    """Show everybody the review that was read, and tell its author. Raises NotFound or ChangedMeanwhile."""
    with db.transaction():
        review = _read(review_id, version)
        if review.state == "published":
            return
        version = _judge(review, "published", published_at=db.inside().now)
        events.record("review.published", f"review:{review_id}", {"product_id": review.product_id})
        _tell_author(review, version)


@db.retried
def reject_review(review_id: int, version: int, reason: str) -> None:
    """Show it to nobody but its author, who reads why. Raises NotFound or ChangedMeanwhile."""
    with db.transaction():
        review = _read(review_id, version)
        _judge(review, "rejected", reason=reason)
        events.record("review.rejected", f"review:{review_id}", {"product_id": review.product_id})


def letter_key(review_id: int, version: int) -> str:
    """For each text that was let through there is one letter."""
    return f"review-published:{review_id}:{version}"


def forget_letter(key: str) -> None:
    """Nobody needs it any more."""
    with db.transaction() as session:
        session.execute(
            delete(mail.Message).where(mail.Message.dedupe_key == key, mail.Message.state != "sent")
        )


def _read(review_id: int, version: int) -> Review:
    """The review under its product's lock, if it is still the one that was read."""
    session = db.inside().session
    product_id = session.scalar(select(Review.product_id).where(Review.id == review_id))
    if product_id is None:
        raise NotFound
    counting.begin(product_id)
    found = session.scalars(select(Review).where(Review.id == review_id)).first()
    if found is None:
        raise NotFound
    if found.version != version:
        raise ChangedMeanwhile
    return found


def _judge(review: Review, state: str, **changes: Any) -> int:
    """Move it to this state, write down who did, and count anew; returns the version it has now."""
    before = {"state": review.state, "reason": review.reason}
    after = {"state": state, "reason": changes.get("reason", "")}
    values: dict[str, Any] = {"published_at": None, "version": review.version + 1} | changes | after
    db.inside().session.execute(update(Review).where(Review.id == review.id).values(values))
    audit.note("reviews", review.id, before, after, values["version"])
    if "published" in (before["state"], state):
        counting.finish(review.product_id)
    version: int = values["version"]
    return version


def _tell_author(review: Review, version: int) -> None:
    """Owe them a letter; whoever wished to be forgotten is not written to."""
    email = db.inside().session.scalar(select(Account.email).where(Account.id == review.account_id))
    if email is not None:
        mail.owe(letter_key(review.id, version), email)
        jobs.defer("reviews.tell_published", review_id=review.id, version=version)
