"""What the worker does for orders."""

from functools import partial

from storefront.checkout import mails
from storefront.checkout.actions import expire_one_order
from storefront.platform import jobs, mail


@jobs.task("checkout.confirm")
def confirm(order_id: int) -> None:
    """Tell the shopper that the order is placed."""
    mail.pay(f"order-placed:{order_id}", partial(mails.order_placed, order_id))


@jobs.task("checkout.receipt")
def receipt(order_id: int) -> None:
    """Tell the shopper that the money is here."""
    mail.pay(f"order-paid:{order_id}", partial(mails.order_paid, order_id))


@jobs.periodic("checkout.expire", "* * * * *")
def expire() -> None:
    """Let go of the orders whose hold ran out."""
    while expire_one_order():
        pass
