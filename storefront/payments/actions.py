"""Money came: settle an order, whoever says so and however often."""

from dataclasses import dataclass

from flask_babel import gettext as _

from storefront.config import settings
from storefront.inventory import stock
from storefront.inventory.stock import Shortage
from storefront.orders import invoices
from storefront.orders import record as orders
from storefront.orders.models import Order
from storefront.payments import record as payments
from storefront.payments.models import PAID
from storefront.payments.queries import tracked_units
from storefront.platform import db, events, jobs, mail
from storefront.platform.errors import Refusal
from storefront.platform.money import Money


@dataclass
class PaidTooLate(Refusal):
    """The money came after the hold ran out, and somebody else has the goods."""

    amount: Money
    shortages: list[Shortage]
    code = "paid-too-late"

    def message(self) -> str:
        return _(
            "The order has expired and its goods are sold. Please send %(amount)s back to the customer.",
            amount=self.amount.format(),
        )


@dataclass
class OrderCancelled(Refusal):
    """Money came for an order that was cancelled."""

    amount: Money
    code = "order-cancelled"

    def message(self) -> str:
        return _(
            "The order was cancelled. Please send %(amount)s back to the customer.",
            amount=self.amount.format(),
        )


@db.retried
def settle_order(order_id: int, event_id: str | None = None) -> None:
    """Take down that an order is paid in full; a second time changes nothing.

    `event_id` is the provider's name for what happened; staff have none. Raises PaidTooLate or
    OrderCancelled, each of which leaves everything as it was.
    """
    with db.transaction():
        order = orders.lock(order_id)
        payment = payments.latest(order.id)
        if payment.state in PAID:
            return
        amount = Money(payment.amount, payment.currency)
        if order.state == "cancelled":
            raise OrderCancelled(amount)
        if order.state == "expired":
            _revive(order, amount)
        payments.capture(payment, event_id or f"by-hand:{payment.id}")
        orders.end_hold(order)
        _close_if_delivered(order)
        events.record("order.paid", f"order:{order.id}", {"payment": payment.id})
        mail.owe(f"order-paid:{order.id}", order.email)
        jobs.defer("checkout.receipt", order_id=order.id)
        invoices.issue(order)


def _revive(order: Order, amount: Money) -> None:
    """Paid after expiry: take the stock again, if it is still there."""
    shortages = stock.reserve(order.id, tracked_units(order.id), few=settings().few_left)
    if shortages:
        raise PaidTooLate(amount, shortages)
    orders.move(order, "open", "paid after it had expired")


def _close_if_delivered(order: Order) -> None:
    if order.state == "open" and orders.fulfilment_of(order).state in ("delivered", "returned"):
        orders.move(order, "closed")
