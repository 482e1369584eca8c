"""The letters of a purchase: your order is placed, your money is here."""

from email.message import EmailMessage

from flask_babel import gettext as _

from storefront.checkout.queries import Placed, placed_with_id
from storefront.platform.letters import letter, speaking
from storefront.shop import queries as shop_queries


def order_placed(order_id: int) -> EmailMessage:
    """What was ordered, what to do next, and the link."""
    placed = placed_with_id(order_id)
    with speaking(placed.order.locale):
        return _about(placed, _("Your order %(number)s", number=placed.order.number), "order_placed")


def order_paid(order_id: int) -> EmailMessage:
    """The money is here."""
    placed = placed_with_id(order_id)
    with speaking(placed.order.locale):
        return _about(
            placed, _("We have received your payment: %(number)s", number=placed.order.number), "order_paid"
        )


def _about(placed: Placed, subject: str, template: str) -> EmailMessage:
    shop = shop_queries.read()
    return letter(
        (shop.name, shop.email),
        placed.order.email,
        f"{subject} – {shop.name}",
        template,
        placed=placed,
        order=placed.order,
        payment=placed.payment,
        shop=shop,
    )
