"""What the worker does for orders."""

from functools import partial

from storefront.checkout import finding, mails, staff_mails
from storefront.checkout.actions import expire_one_order
from storefront.checkout.telling import tell_staff
from storefront.platform import jobs, mail


@jobs.task("checkout.confirm")
def confirm(order_id: int) -> None:
    """Tell the shopper that the order is placed; staff are told by a job of their own."""
    tell_staff(order_id)
    mail.pay(f"order-placed:{order_id}", partial(mails.order_placed, order_id))


@jobs.task("checkout.new_order")
def new_order(order_id: int) -> None:
    """Tell the shop that somebody has ordered."""
    mail.pay(f"order-new:{order_id}", partial(staff_mails.new_order, order_id))


@jobs.task("checkout.receipt")
def receipt(order_id: int) -> None:
    """Tell the shopper that the money is here, with the invoice."""
    mail.pay(f"order-paid:{order_id}", partial(mails.order_paid, order_id))


@jobs.task("checkout.ready")
def ready(order_id: int) -> None:
    """Tell the shopper to come and fetch it."""
    mail.pay(f"order-ready:{order_id}", partial(mails.order_ready, order_id))


@jobs.task("checkout.shipped")
def shipped(order_id: int) -> None:
    """Tell the shopper that the parcel is on its way, and how to follow it."""
    mail.pay(f"order-shipped:{order_id}", partial(mails.order_shipped, order_id))


@jobs.task("checkout.cancelled")
def cancelled(order_id: int) -> None:
    """Tell the shopper that nothing will be delivered, with the credit note if there is one."""
    mail.pay(f"order-cancelled:{order_id}", partial(mails.order_cancelled, order_id))


@jobs.task("checkout.reduced")
def reduced(order_id: int, reduction_id: int) -> None:
    """Tell the shopper which lines were cancelled."""
    mail.pay(f"order-reduced:{reduction_id}", partial(mails.order_reduced, order_id, reduction_id))


@jobs.task("checkout.refunded")
def refunded(refund_id: int) -> None:
    """Tell the shopper that money is on its way back."""
    mail.pay(f"order-refunded:{refund_id}", partial(mails.order_refunded, refund_id))


@jobs.task("checkout.find")
def find(number: str, email: str) -> None:
    """Look for the order that somebody asked for, and owe the link."""
    finding.send_link(number, email)


@jobs.task("checkout.send_link")
def send_link(order_id: int, key: str) -> None:
    """Send the link to an order to the address it was placed with."""
    mail.pay(key, partial(mails.order_link, order_id))


@jobs.periodic("checkout.expire", "* * * * *")
def expire() -> None:
    """Let go of the orders whose hold ran out."""
    while expire_one_order():
        pass
