"""The shop whose locks can be taken off, to prove that the races are real.

A request names what it does without in the header X-Without. Each thing taken off is the shop's own
function with one piece changed.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from functools import wraps
from types import FunctionType, ModuleType
from typing import Any

from flask import request
from sqlalchemy import Select, TextClause, select

from storefront.cart import actions as cart_actions
from storefront.cart import carts, till
from storefront.cart.basket import Line
from storefront.cart.models import Cart, CartLine
from storefront.catalog.models import Variant
from storefront.inventory import stock
from storefront.orders import record
from storefront.orders.models import Order
from storefront.platform import db, idempotency
from storefront.reviews import counting
from tests.races.door import app

__all__ = ["app"]

_off: ContextVar[frozenset[str]] = ContextVar("off", default=frozenset())


@app.before_request
def take_off() -> None:
    _off.set(frozenset(request.headers.get("X-Without", "").split()))


def instead_of(module: ModuleType, name: str, what: str) -> Callable[[Callable[..., Any]], None]:
    """Put a function in another's place, for requests that do without `what`."""
    lawful = getattr(module, name)

    def put(lawless: Callable[..., Any]) -> None:
        @wraps(lawful)
        def choose(*args: Any, **kwargs: Any) -> Any:
            return (lawless if what in _off.get() else lawful)(*args, **kwargs)

        setattr(module, name, choose)

    return put


def reserving_with(statement: TextClause) -> Callable[..., Any]:
    """The shop's own `reserve`, with another statement."""
    code = stock.reserve.__code__
    return FunctionType(code, vars(stock) | {"_RESERVE": statement}, stock.reserve.__name__)


def in_any_order() -> TextClause:
    """Rows are locked, but each buyer begins somewhere else."""
    statement = stock._reserve(stock.LOCK)
    statement.text = statement.text.replace("ORDER BY stock.variant_id", "ORDER BY random()")
    return statement


_unlocked, _unordered = reserving_with(stock._reserve("")), reserving_with(in_any_order())
instead_of(stock, "reserve", "stock-lock")(_unlocked)
instead_of(stock, "reserve", "lock-order")(_unordered)


@instead_of(carts, "_locked", "cart-lock")
def find_cart(which: Select[Cart], it: int | str) -> Cart | None:
    return db.inside().session.scalars(which, {"it": it}).first()


instead_of(carts, "take", "cart-lock")(
    FunctionType(carts.take.__code__, vars(carts) | {"_TAKE": carts._taking(carts._FOUND)}, "take")
)


@instead_of(record, "lock", "order-lock")
def find_order(order_id: int) -> Order:
    return db.inside().session.scalars(select(Order).where(Order.id == order_id)).one()


@instead_of(record, "lock_overdue", "order-lock")
def find_overdue(now: datetime) -> Order | None:
    overdue = select(Order).where(Order.state == "open", Order.expires_at < now)
    return db.inside().session.scalars(overdue.order_by(Order.expires_at).limit(1)).first()


@instead_of(idempotency, "claim", "key")
def forget_key(*_claim: Any) -> None:
    return None


@instead_of(cart_actions, "_merge", "merging")
def pile_up(cart: Cart, sku: str, quantity: int, _currency: str) -> int:
    """A new line each time, whatever lies in the cart already."""
    here = db.inside()
    variant = here.session.scalars(select(Variant.id).where(Variant.sku == sku)).one()
    line = CartLine(cart_id=cart.id, variant_id=variant, quantity=quantity, price_seen=0, added_at=here.now)
    here.session.add(line)
    here.session.flush()
    return line.id


_ring_up = till.ring_up


def with_lines(change: Callable[[Line], Line]) -> Callable[[int], Any]:
    """The till, with something changed on each line."""

    def ring_up(cart_id: int) -> Any:
        lines, *rest = _ring_up(cart_id) or ([],)
        return (list(map(change, lines)), *rest) if lines else None

    return ring_up


instead_of(till, "ring_up", "today's-prices")(with_lines(lambda line: replace(line, price=line.price_seen)))
instead_of(till, "ring_up", "a-look-at-the-shelf")(with_lines(lambda line: replace(line, on_sale=True)))


@instead_of(counting, "begin", "product-lock")
def take_no_turns(_product_id: int) -> None:
    """Whoever counts sees nobody who counts at the same moment."""
