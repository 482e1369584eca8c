"""The letters of a purchase, from the order to the money that comes back."""

from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any

from flask_babel import gettext as _

from storefront.checkout.papers import paper, pdf
from storefront.checkout.papers import queries as papers
from storefront.checkout.papers.paper import Paper
from storefront.checkout.queries import Placed, placed_with_id
from storefront.payments.refunds import queries as refunds
from storefront.platform.letters import Attachment, letter, speaking
from storefront.shop import queries as shop_queries
from storefront.shop.models import Shop


def order_placed(order_id: int) -> EmailMessage:
    """What was ordered, what to do next, and the link."""
    placed = placed_with_id(order_id)
    with speaking(placed.order.locale):
        return _about(placed, _("Your order %(number)s", number=placed.order.number), "order_placed")


def order_paid(order_id: int) -> EmailMessage:
    """The money is here, and so is the invoice."""
    placed = placed_with_id(order_id)
    with speaking(placed.order.locale):
        subject = _("We have received your payment: %(number)s", number=placed.order.number)
        return _about(placed, subject, "order_paid", _invoice(placed))


def order_ready(order_id: int) -> EmailMessage:
    """It can be fetched."""
    placed = placed_with_id(order_id)
    with speaking(placed.order.locale):
        return _about(placed, _("Ready for you: order %(number)s", number=placed.order.number), "order_ready")


def order_shipped(order_id: int) -> EmailMessage:
    """It is on its way; the invoice comes with it, unless it came with the payment."""
    placed = placed_with_id(order_id)
    unpaid = placed.payment.captured == 0
    with speaking(placed.order.locale):
        subject = _("On its way to you: order %(number)s", number=placed.order.number)
        return _about(placed, subject, "order_shipped", _invoice(placed) if unpaid else ())


def order_cancelled(order_id: int) -> EmailMessage:
    """Nothing will be delivered; what was paid comes back."""
    placed = placed_with_id(order_id)
    with speaking(placed.order.locale):
        subject = _("Your order %(number)s was cancelled", number=placed.order.number)
        return _about(placed, subject, "order_cancelled", _notes(placed))


def order_reduced(order_id: int, reduction_id: int) -> EmailMessage:
    """Some lines will not be delivered."""
    placed = placed_with_id(order_id)
    first = next(it for it in placed.afterwards.reductions if it.id == reduction_id)
    with speaking(placed.order.locale):
        subject = _("Your order %(number)s was changed", number=placed.order.number)
        notes = _notes(placed, first.credit_note_id) if first.credit_note_id else ()
        return _about(placed, subject, "order_reduced", notes, reason=first.reason)


def order_refunded(refund_id: int) -> EmailMessage:
    """Money is on its way back."""
    refund = refunds.with_id(refund_id)
    placed = placed_with_id(refund.order_id)
    with speaking(placed.order.locale):
        subject = _("Your money comes back: order %(number)s", number=placed.order.number)
        return _about(placed, subject, "order_refunded", _notes(placed), refund=refund)


def order_link(order_id: int) -> EmailMessage:
    """Somebody asked where to find this order."""
    placed = placed_with_id(order_id)
    with speaking(placed.order.locale):
        subject = _("The link to your order %(number)s", number=placed.order.number)
        return _about(placed, subject, "order_link")


def _invoice(placed: Placed) -> Sequence[Paper]:
    found = papers.invoice(placed.order)
    return [found] if found else []


def _notes(placed: Placed, only: int | None = None) -> Sequence[Paper]:
    order, zone = placed.order, shop_queries.read().time_zone
    if order.invoice is None:
        return []
    chosen = [note for note in placed.afterwards.notes if only in (None, note.id)]
    return [paper.of_credit_note(order, order.invoice, note, zone) for note in chosen]


def _about(
    placed: Placed, subject: str, template: str, enclosed: Sequence[Paper] = (), **more: Any
) -> EmailMessage:
    shop = shop_queries.read()
    return letter(
        (shop.name, shop.email),
        placed.order.email,
        f"{subject} – {shop.name}",
        template,
        attached=[_file(it, shop) for it in enclosed],
        placed=placed,
        order=placed.order,
        payment=placed.payment,
        shop=shop,
        **more,
    )


def _file(it: Paper, shop: Shop) -> Attachment:
    return Attachment(f"{it.kind}-{it.label}.pdf", pdf.draw(it, shop.time_zone, shop.country))
