"""What the worker does for the order desk."""

from functools import partial

from storefront.checkout import mails
from storefront.office.orders import letters
from storefront.platform import jobs, mail


@jobs.task("office.order_note")
def order_note(note_id: int) -> None:
    """Send a note to the customer."""
    mail.pay(f"order-note:{note_id}", partial(letters.order_note, note_id))


@jobs.task("office.confirm_again")
def confirm_again(order_id: int, key: str) -> None:
    """Tell the shopper that the order is placed, at the address that is right."""
    mail.pay(key, partial(mails.order_placed, order_id))
