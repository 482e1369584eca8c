"""Orders as programs are told of them, each read in one question or made of what was just written."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, Text, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from storefront.orders.credit.models import LineReduction
from storefront.orders.models import Fulfilment, Invoice, Order, OrderLine
from storefront.orders.schemas import FulfilmentTold, LineTold, OrderTold, Place, TaxTold
from storefront.payments.models import DEAD, PAID, Payment
from storefront.platform import db
from storefront.platform.addresses import Address
from storefront.platform.asking import Question
from storefront.platform.json_api.kinds import Amount
from storefront.platform.statements import word

_SAME = ("id", "number", "state", "name", "email", "phone", "note", "placed_at", "expires_at")
_TAKEN_OVER = (*_SAME, "prices_include_tax")
_AMOUNTS = ("shipping_price", "discount", "tax", "total")
_NAMES = ("account_id", "currency", "delivery_method", "payment_method", "taxes")
_PLACES = ("delivery_address", "billing_address")
_OF_LINES = ("id", "order_id", "position", "product_id", "variant_id", "sku", "title", "choice", "quantity")
_AMOUNTS_OF_LINES = ("unit_price", "discount", "net", "tax")


def _object(**parts: Any) -> Any:
    return func.json_build_object(*(part for name, value in parts.items() for part in (word(name), value)))


_OFF = (
    select(func.coalesce(func.sum(LineReduction.quantity), 0))
    .where(LineReduction.order_line_id == OrderLine.id)
    .scalar_subquery()
)
_LINE = _object(
    **{name: getattr(OrderLine, name) for name in (*_OF_LINES, *_AMOUNTS_OF_LINES)},
    tax_rate=OrderLine.tax_rate.cast(Text),
    reduced_by=_OFF,
)
_LINES = select(func.json_agg(aggregate_order_by(_LINE, OrderLine.position)))
_FULFILMENT = _object(**{name: getattr(Fulfilment, name) for name in FulfilmentTold.model_fields})
_MONEY = select(Payment.state).where(Payment.order_id == Order.id)
_WHOLE = (
    select(
        *(getattr(Order, name) for name in (*_TAKEN_OVER, *_AMOUNTS, *_NAMES, *_PLACES)),
        _LINES.where(OrderLine.order_id == Order.id).scalar_subquery().label("lines"),
        _FULFILMENT.label("fulfilment"),
        Invoice.id.label("invoice_id"),
        # The payment that counts: the live one, else the last.
        _MONEY.order_by(Payment.state.in_([word(state) for state in DEAD]), Payment.id.desc())
        .limit(1)
        .scalar_subquery()
        .label("payment_state"),
    )
    .join(Fulfilment, Fulfilment.order_id == Order.id)
    .outerjoin(Invoice, Invoice.order_id == Order.id)
)
_WHOSE: Any = bindparam("account", type_=BigInteger)
_ONE = Question(
    _WHOLE.where(
        Order.id == bindparam("order", type_=BigInteger), or_(_WHOSE.is_(None), Order.account_id == _WHOSE)
    )
)
_ID = Question(select(Order.id).where(Order.token == bindparam("token", type_=Text)))


def orders(whose: int | None, after: int, most: int, **wanted: Any) -> list[OrderTold]:
    """Orders by ascending id: of one customer, or of all."""
    query = _WHOLE.where(Order.id > after).order_by(Order.id).limit(most)
    if whose is not None:
        query = query.where(Order.account_id == whose)
    for name, value in wanted.items():
        if value is not None:
            query = query.where(_is(name, value))
    return [told(row._asdict()) for row in db.session.execute(query)]


def order(order_id: int, account_id: int | None) -> OrderTold | None:
    """One of them."""
    rows = _ONE.ask({"order": order_id, "account": account_id})
    return told(rows[0]._asdict()) if rows else None


def id_of(token: str) -> int:
    """The id of an order that was placed."""
    found: int = _ID.ask({"token": token})[0].id
    return found


def told(found: Mapping[str, Any]) -> OrderTold:
    """An order, of what was read of it or written."""
    currency = found["currency"]
    same = {name: found[name] for name in (*_TAKEN_OVER, "invoice_id")}
    amounts: Any = {name: Amount(amount=found[name], currency=currency) for name in _AMOUNTS}
    places: Any = {name: _place(found[name]) for name in _PLACES}
    return OrderTold(
        **same,
        **amounts,
        **places,
        customer_id=found["account_id"],
        delivery=found["delivery_method"],
        payment=found["payment_method"],
        lines=[line(one, currency) for one in found["lines"]],
        taxes=taxes(found["taxes"], currency),
        paid=found["payment_state"] in PAID,
        fulfilment=FulfilmentTold(**found["fulfilment"]),
    )


def line(found: Mapping[str, Any], currency: str) -> LineTold:
    """A line, of the same."""
    same = {name: found[name] for name in (*_OF_LINES, "tax_rate", "reduced_by")}
    amounts: Any = {name: Amount(amount=found[name], currency=currency) for name in _AMOUNTS_OF_LINES}
    return LineTold(**same, **amounts)


def line_of(found: OrderLine, currency: str, reduced_by: int = 0) -> LineTold:
    """A line that was read by itself."""
    same = {name: getattr(found, name) for name in (*_OF_LINES, *_AMOUNTS_OF_LINES)}
    return line(same | {"tax_rate": f"{found.tax_rate:.4f}", "reduced_by": reduced_by}, currency)


def taxes(found: list[dict[str, Any]], currency: str) -> list[TaxTold]:
    """Net and tax by rate."""
    return [
        TaxTold(
            rate=one["rate"],
            net=Amount(amount=one["net"], currency=currency),
            tax=Amount(amount=one["tax"], currency=currency),
        )
        for one in found
    ]


def _is(name: str, value: Any) -> Any:
    if name == "email":
        return func.lower(Order.email) == value.lower()
    if name == "number":
        return Order.number == value.upper()
    return getattr(Order, name) == value


def _place(stored: dict[str, Any] | None) -> Place | None:
    return Place(**Address.of(stored).stored()) if stored else None
