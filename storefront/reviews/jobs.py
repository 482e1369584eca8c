"""What the worker does for reviews."""

from functools import partial

from storefront.platform import jobs, mail
from storefront.reviews import mails, queue
from storefront.reviews.moderation import forget_letter, letter_key


@jobs.task("reviews.tell_published")
def tell_published(review_id: int, version: int) -> None:
    """Tell its author that everybody can read it now, unless they have changed or deleted it since."""
    key = letter_key(review_id, version)
    if queue.is_published(review_id, version):
        mail.pay(key, partial(mails.review_published, review_id))
    else:
        forget_letter(key)
