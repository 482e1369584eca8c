"""The letter that a note to the customer becomes."""

from email.message import EmailMessage

from flask_babel import gettext as _

from storefront.checkout.queries import placed_with_id
from storefront.orders import notes
from storefront.platform.letters import letter, speaking
from storefront.shop import queries as shop_queries


def order_note(note_id: int) -> EmailMessage:
    """What staff wrote, about which order, and the link to it."""
    note = notes.with_id(note_id)
    placed = placed_with_id(note.order_id)
    shop = shop_queries.read()
    with speaking(placed.order.locale):
        return letter(
            (shop.name, shop.email),
            note.mailed_to or placed.order.email,
            _("About your order %(number)s", number=placed.order.number) + f" – {shop.name}",
            "order_note",
            note=note,
            placed=placed,
            order=placed.order,
            shop=shop,
        )
