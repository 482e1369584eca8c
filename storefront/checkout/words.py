"""How an order stands, in words for the person who placed it."""

from flask_babel import gettext as _

from storefront.orders.models import Order
from storefront.payments import methods as payment_methods
from storefront.payments.models import Payment
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
    over = order.state in ("cancelled", "expired")
    if payment.state in ("captured", "disputed"):
        return _("Paid; we will send your money back") if over else _("Paid")
    if payment.state == "partially_refunded":
        return _("Paid, and partly sent back")
    if payment.state == "refunded":
        return _("Sent back to you")
    if over:
        return _("Nothing to pay")
    return _("Not paid yet") if payment.state == "requires_action" else method(payment.method)


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
