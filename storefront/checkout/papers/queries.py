"""Questions about the papers of an order."""

from sqlalchemy import func, select

from storefront.checkout.papers import paper
from storefront.checkout.papers.paper import Dates, Paper
from storefront.orders import queries as orders
from storefront.orders.credit import queries as credit
from storefront.orders.models import Invoice, Order
from storefront.payments.models import Payment, PaymentEvent
from storefront.platform import db
from storefront.shop import queries as shop_queries


def invoice(order: Order) -> Paper | None:
    """The invoice of an order; None when it was not issued yet."""
    if order.invoice is None:
        return None
    zone = shop_queries.facts().time_zone
    reductions = credit.reductions_of(order.id)
    return paper.of_invoice(order, order.invoice, reductions, _dates(order, order.invoice), zone)


def credit_note(order: Order, label: str) -> Paper | None:
    """A credit note of an order by its label, such as C2026-000001."""
    found = next((note for note in credit.notes_of(order.id) if note.label == label), None)
    if found is None or order.invoice is None:
        return None
    return paper.of_credit_note(order, order.invoice, found, shop_queries.facts().time_zone)


def by_token(token: str) -> Order | None:
    """The order whose papers are asked for."""
    return orders.by_token(token)


def _dates(order: Order, issued: Invoice) -> Dates:
    """What happened later is not on the paper: it must read the same for ever."""
    captured = (
        select(func.min(PaymentEvent.at))
        .join(Payment, Payment.id == PaymentEvent.payment_id)
        .where(Payment.order_id == order.id, PaymentEvent.kind == "captured")
    )
    paid, supplied = db.session.scalar(captured), order.fulfilment.handed_over_at
    return Dates(
        paid if paid and paid <= issued.issued_at else None,
        supplied if supplied and supplied <= issued.issued_at else None,
    )
