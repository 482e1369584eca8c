"""How an order stands, in words for the person who placed it."""

from flask_babel import gettext as _

from storefront.orders.models import Order
from storefront.payments import methods as payment_methods
from storefront.payments.models import PAID, Payment
from storefront.platform.money import Money
from storefront.shipping import methods as delivery_methods


def standing(order: Order, payment: Payment) -> str:
    """Where the goods are, in one sentence."""
    if order.state == "cancelled":
        return _("This order was cancelled. Nothing will be delivered.")
    if order.state == "expired":
        return _("This order was not paid in time, so it has ended and its goods are back on the shelf.")
    if order.fulfilment.state == "waiting" and payment.state == "requires_action":
        return _("Thank you! We have your order and will pack it as soon as your money is here.")
    return {
        "waiting": _("Thank you! We have your order and will pack it soon."),
        "packed": _("Your order is packed."),
        "ready": _("Your order is ready: you can come and fetch it."),
        "shipped": _("Your order is on its way to you."),
        "delivered": _("You have received your order."),
        "returned": _("Your order came back to us."),
    }[order.fulfilment.state]


def paid(order: Order, payment: Payment) -> str:
    """Where the money is, in a few words."""
    if payment.captured and (payment.to_refund or payment.refunded):
        return _sent_back(payment)
    if payment.state in PAID:
        return _("Paid")
    if order.state in ("cancelled", "expired") or payment.state == "voided":
        return _("Nothing to pay")
    return _("Not paid yet") if payment.state == "requires_action" else method(payment.method)


def _sent_back(payment: Payment) -> str:
    """What of the money went back, and what will."""
    if payment.to_refund == payment.captured:
        return _("Paid; we will send your money back")
    if payment.refunded == payment.captured:
        return _("Sent back to you")
    back, owed = (
        Money(amount, payment.currency).format() for amount in (payment.refunded, payment.to_refund)
    )
    if payment.to_refund and payment.refunded:
        return _("Paid; %(back)s was sent back, and %(owed)s will be", back=back, owed=owed)
    if payment.to_refund:
        return _("Paid; we will send %(owed)s back", owed=owed)
    return _("Paid, and %(back)s was sent back", back=back)


def method(code: str) -> str:
    """A way of payment, also one that is no longer offered."""
    found = payment_methods.METHODS.get(code)
    return str(found.label) if found else code


def way(code: str) -> str:
    """A way of delivery, also one that is no longer offered."""
    found = delivery_methods.METHODS.get(code)
    return str(found.label) if found else code


def can_cancel(order: Order) -> bool:
    """Whether its buyer may still call it off."""
    return order.state == "open" and order.fulfilment.state == "waiting"
