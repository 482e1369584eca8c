"""How an order stands, in a word or two for staff, each with the tone of its badge."""

from flask_babel import gettext as _

from storefront.orders.models import Order
from storefront.payments.models import Payment
from storefront.platform.money import Money

Said = tuple[str, str]
"""Words, and plain, good, warn, bad or busy."""


def goods(order: Order) -> Said:
    """Where the goods are."""
    if order.state == "cancelled":
        return _("Cancelled"), "plain"
    if order.state == "expired":
        return _("Ran out of time"), "plain"
    return {
        "waiting": (_("To pack"), "warn"),
        "packed": (_("Packed"), "busy"),
        "ready": (_("Ready to be fetched"), "busy"),
        "shipped": (_("Shipped"), "busy"),
        "delivered": (_("Delivered"), "good"),
        "returned": (_("Came back"), "plain"),
    }[order.fulfilment.state]


def money(order: Order, payment: Payment) -> Said:
    """Where the money is."""
    if payment.to_refund:
        return _("To refund: %(sum)s", sum=Money(payment.to_refund, payment.currency).format()), "bad"
    if payment.state == "authorised" and order.fulfilment.handed_over_at:
        return _("Unpaid"), "bad"
    return {
        "created": (_("Not paid yet"), "warn"),
        "requires_action": (_("Not paid yet"), "warn"),
        "authorised": (_("Pays at hand-over"), "plain"),
        "captured": (_("Paid"), "good"),
        "partially_refunded": (_("Partly refunded"), "good"),
        "refunded": (_("Refunded"), "plain"),
        "disputed": (_("Disputed"), "bad"),
        "failed": (_("Payment failed"), "bad"),
        "voided": (_("Nothing to pay"), "plain"),
        "expired": (_("Not paid in time"), "plain"),
    }[payment.state]
