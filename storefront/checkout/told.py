"""Lines, payments and invoices as programs are told of them; a customer is told of their own alone."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from storefront.checkout import order_told
from storefront.orders.credit.models import LineReduction
from storefront.orders.models import Fulfilment, Invoice, Order, OrderLine
from storefront.orders.schemas import FulfilmentTold, InvoiceTold, LineTold, PaymentTold
from storefront.payments.models import Payment
from storefront.platform import db, links
from storefront.platform.json_api.kinds import Amount


def line(line_id: int, account_id: int | None) -> LineTold | None:
    """One line of an order."""
    query = select(OrderLine, Order.currency).join(Order, Order.id == OrderLine.order_id)
    query = query.where(OrderLine.id == line_id)
    if account_id is not None:
        query = query.where(Order.account_id == account_id)
    row = db.session.execute(query).first()
    if row is None:
        return None
    found, currency = row
    reduced = select(func.coalesce(func.sum(LineReduction.quantity), 0))
    off = db.session.scalar(reduced.where(LineReduction.order_line_id == line_id))
    return order_told.line_of(found, currency, int(off or 0))


def fulfilment(fulfilment_id: int, account_id: int | None) -> FulfilmentTold | None:
    """How the goods of an order leave."""
    query = select(Fulfilment).join(Order, Order.id == Fulfilment.order_id)
    found = _mine(query.where(Fulfilment.id == fulfilment_id), account_id)
    return _fulfilment(found) if found else None


def payment(payment_id: int, account_id: int | None) -> PaymentTold | None:
    """Money for an order."""
    query = select(Payment).join(Order, Order.id == Payment.order_id).where(Payment.id == payment_id)
    found = _mine(query, account_id)
    return paid_by(found) if found else None


def payments(order_id: int) -> list[PaymentTold]:
    """All payments of an order."""
    query = select(Payment).where(Payment.order_id == order_id).order_by(Payment.id)
    rows = db.session.scalars(query.execution_options(populate_existing=True))
    return [paid_by(found) for found in rows]


def invoices(account_id: int | None, after: int, most: int, **wanted: Any) -> list[InvoiceTold]:
    """Invoices by ascending id."""
    query = select(Invoice).join(Order, Order.id == Invoice.order_id)
    query = query.where(Invoice.id > after).order_by(Invoice.id).limit(most)
    if account_id is not None:
        query = query.where(Order.account_id == account_id)
    if wanted.get("order_id") is not None:
        query = query.where(Invoice.order_id == wanted["order_id"])
    if wanted.get("number") is not None:
        series, _dash, number = wanted["number"].rpartition("-")
        known = number.isascii() and number.isdigit() and len(number) < 10
        query = query.where(Invoice.series == series, Invoice.number == (int(number) if known else 0))
    found = db.session.scalars(query).all()
    sold = _sold([one.order_id for one in found])
    return [_invoice(one, sold[one.order_id]) for one in found]


def invoice(invoice_id: int, account_id: int | None) -> InvoiceTold | None:
    """One of them."""
    found = next(iter(invoices(account_id, invoice_id - 1, 1)), None)
    return found if found and found.id == invoice_id else None


def paid_by(found: Payment) -> PaymentTold:
    """A payment, as it stands."""
    names = ("amount", "authorised", "captured", "refunded", "to_refund")
    amounts: dict[str, Any] = {
        name: Amount(amount=getattr(found, name), currency=found.currency) for name in names
    }
    same = ("id", "order_id", "method", "provider", "state", "created_at")
    return PaymentTold(**{name: getattr(found, name) for name in same}, **amounts)


def _mine(query: Select[Any], account_id: int | None) -> Any:
    if account_id is not None:
        query = query.where(Order.account_id == account_id)
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def _fulfilment(found: Fulfilment) -> FulfilmentTold:
    return FulfilmentTold(**{name: getattr(found, name) for name in FulfilmentTold.model_fields})


def _invoice(found: Invoice, sold: Order) -> InvoiceTold:
    currency = found.currency
    return InvoiceTold(
        id=found.id,
        number=found.label,
        order_id=found.order_id,
        order_number=sold.number,
        issued_at=found.issued_at,
        seller=found.seller,
        buyer=found.buyer,
        lines=[order_told.line_of(one, currency) for one in sold.lines],
        shipping_price=Amount(amount=sold.shipping_price, currency=currency),
        taxes=order_told.taxes(sold.taxes, currency),
        tax=Amount(amount=found.tax, currency=currency),
        total=Amount(amount=found.total, currency=currency),
        pdf_url=links.whole("invoices_api.show_document", invoice_id=found.id),
    )


def _sold(ids: Sequence[int]) -> dict[int, Order]:
    query = select(Order).where(Order.id.in_(ids)).options(selectinload(Order.lines))
    return {one.id: one for one in db.session.scalars(query)}
