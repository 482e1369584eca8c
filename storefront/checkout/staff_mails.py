"""Letters to whoever works at the shop."""

from email.message import EmailMessage

from flask_babel import gettext as _

from storefront.checkout.queries import placed_with_id
from storefront.platform.language import OURS
from storefront.platform.letters import letter, speaking
from storefront.platform.money import Money
from storefront.shop import queries as shop_queries


def new_order(order_id: int) -> EmailMessage:
    """Somebody has ordered: what, for how much, and how it goes out."""
    placed = placed_with_id(order_id)
    order, shop = placed.order, shop_queries.read()
    with speaking(OURS):
        total = Money(order.total, order.currency).format()
        subject = _("New order %(number)s: %(total)s", number=order.number, total=total)
        return letter(
            (shop.name, shop.email),
            shop.email,
            subject,
            "staff_new_order",
            placed=placed,
            order=order,
            payment=placed.payment,
            shop=shop,
        )
