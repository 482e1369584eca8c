"""Orders, payments and invoices as programs are told of them; a customer is told of their own alone."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from storefront.orders.credit.models import LineReduction
from storefront.orders.models import Fulfilment, Invoice, Order, OrderLine
from storefront.orders.schemas import (
    FulfilmentTold,
    InvoiceTold,
    LineTold,
    OrderTold,
    PaymentTold,
    Place,
    TaxTold,
)
from storefront.payments.models import PAID, Payment
from storefront.payments.queries import current
from storefront.platform import db, links
from storefront.platform.addresses import Address
from storefront.platform.json_api.kinds import Amount

_WHOLE = (selectinload(Order.lines), joinedload(Order.fulfilment), joinedload(Order.invoice))


def orders(whose: int | None, after: int, most: int, **wanted: Any) -> list[OrderTold]:
    """Orders by ascending id: of one customer, or of all."""
    query = select(Order).where(Order.id > after).order_by(Order.id).limit(most).options(*_WHOLE)
    if whose is not None:
        query = query.where(Order.account_id == whose)
    for name, value in wanted.items():
        if value is not None:
            query = query.where(_same(name, value))
    return _told(query)


def order(order_id: int, account_id: int | None) -> OrderTold | None:
    """One of them."""
    query = select(Order).where(Order.id == order_id).options(*_WHOLE)
    if account_id is not None:
        query = query.where(Order.account_id == account_id)
    return next(iter(_told(query)), None)


def id_of(token: str) -> int:
    """The id of the order that was just placed."""
    return db.session.scalars(select(Order.id).where(Order.token == token)).one()


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
    return _line(found, currency, _reductions([found.order_id]).get(line_id, 0))


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


def _same(name: str, value: Any) -> Any:
    if name == "email":
        return func.lower(Order.email) == value.lower()
    if name == "number":
        return Order.number == value.upper()
    return getattr(Order, name) == value


def _mine(query: Select[Any], account_id: int | None) -> Any:
    if account_id is not None:
        query = query.where(Order.account_id == account_id)
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def _told(query: Select[Any]) -> list[OrderTold]:
    found: Sequence[Order] = db.session.scalars(query.execution_options(populate_existing=True)).all()
    ids = [one.id for one in found]
    money, off = (current(ids), _reductions(ids)) if ids else ({}, {})
    return [_order(one, money[one.id], off) for one in found]


def _order(found: Order, money: Payment, off: Mapping[int, int]) -> OrderTold:
    currency = found.currency
    same = ("id", "number", "state", "name", "email", "phone", "note", "placed_at", "expires_at")
    amounts: dict[str, Any] = {
        name: Amount(amount=getattr(found, name), currency=currency)
        for name in ("shipping_price", "discount", "tax", "total")
    }
    return OrderTold(
        **{name: getattr(found, name) for name in same},
        **amounts,
        customer_id=found.account_id,
        delivery=found.delivery_method,
        delivery_address=_place(found.delivery_address),
        billing_address=_place(found.billing_address),
        payment=found.payment_method,
        lines=[_line(one, currency, off.get(one.id, 0)) for one in found.lines],
        prices_include_tax=found.prices_include_tax,
        taxes=_taxes(found),
        paid=money.state in PAID,
        fulfilment=_fulfilment(found.fulfilment),
        invoice_id=found.invoice.id if found.invoice else None,
    )


def _line(found: OrderLine, currency: str, off: int) -> LineTold:
    same = ("id", "order_id", "position", "product_id", "variant_id", "sku", "title", "choice", "quantity")
    amounts: dict[str, Any] = {
        name: Amount(amount=getattr(found, name), currency=currency)
        for name in ("unit_price", "discount", "net", "tax")
    }
    plain = {name: getattr(found, name) for name in same}
    return LineTold(**plain, **amounts, reduced_by=off, tax_rate=f"{found.tax_rate:.4f}")


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
        lines=[_line(one, currency, 0) for one in sold.lines],
        shipping_price=Amount(amount=sold.shipping_price, currency=currency),
        taxes=_taxes(sold),
        tax=Amount(amount=found.tax, currency=currency),
        total=Amount(amount=found.total, currency=currency),
        pdf_url=links.whole("invoices_api.show_document", invoice_id=found.id),
    )


def _taxes(found: Order) -> list[TaxTold]:
    return [
        TaxTold(
            rate=one["rate"],
            net=Amount(amount=one["net"], currency=found.currency),
            tax=Amount(amount=one["tax"], currency=found.currency),
        )
        for one in found.taxes
    ]


def _place(stored: dict[str, Any] | None) -> Place | None:
    return Place(**Address.of(stored).stored()) if stored else None


def _sold(ids: Sequence[int]) -> dict[int, Order]:
    query = select(Order).where(Order.id.in_(ids)).options(selectinload(Order.lines))
    return {one.id: one for one in db.session.scalars(query)}


def _reductions(ids: Iterable[int]) -> dict[int, int]:
    query = select(LineReduction.order_line_id, func.sum(LineReduction.quantity))
    rows = db.session.execute(
        query.where(LineReduction.order_id.in_(list(ids))).group_by(LineReduction.order_line_id)
    )
    return {key: int(units) for key, units in rows}
