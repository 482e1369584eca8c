"""The shop whose locks can be taken off, to prove that the races are real.

A request names what it does without in the header X-Without. Each thing taken off is the shop's own
function with one piece changed.
"""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from functools import wraps
from itertools import combinations
from types import FunctionType, ModuleType
from typing import Any

import pytest
from flask import request
from sqlalchemy import CTE, Select, TextClause, Uuid, bindparam, select, text

from storefront.cart import actions as cart_actions
from storefront.cart import carts, till
from storefront.cart.basket import Line
from storefront.cart.models import Cart, CartLine
from storefront.catalog.models import Variant
from storefront.checkout import opening
from storefront.inventory import stock
from storefront.orders import invoices, record
from storefront.orders.models import Order
from storefront.platform import db, idempotency
from storefront.platform.spoken import Spoken
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
    return with_other(stock, "reserve", _RESERVE=Spoken(statement))


def with_other(module: ModuleType, name: str, **parts: Any) -> Callable[..., Any]:
    """One of the shop's own functions, which finds something else under some names of its module."""
    return FunctionType(getattr(module, name).__code__, vars(module) | parts, name)


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


def any_key() -> CTE:
    """A key that nobody takes."""
    return select(bindparam("key", type_=Uuid).label("key")).cte("claimed")


OPENING: dict[str, tuple[ModuleType, str, Callable[..., Any]]] = {
    "cart-lock": (carts, "_locking", lambda which: which),
    "key": (idempotency, "claiming", any_key),
}
"""What the statement that begins an order can do without, and what then stands in its place."""


def opening_without(*what: str) -> Callable[..., Any]:
    """The shop's own beginning of an order, whose statement goes without something."""
    with pytest.MonkeyPatch.context() as patch:
        for thing in what:
            patch.setattr(*OPENING[thing])
        return with_other(opening, "begin", _OPEN=opening._opening())


_begins = {frozenset(some): opening_without(*some) for n in range(3) for some in combinations(OPENING, n)}


def begin(*args: Any) -> Any:
    return _begins[_off.get().intersection(OPENING)](*args)


vars(opening)["begin"] = begin


@instead_of(record, "lock", "order-lock")
def find_order(order_id: int) -> Order:
    return db.inside().session.scalars(select(Order).where(Order.id == order_id)).one()


@instead_of(invoices, "next_number", "gapless")
def from_a_sequence(_series: str) -> int:
    """A number that nobody gives back."""
    return db.inside().session.scalar(text("SELECT nextval('lawless_numbers')")) or 0


@instead_of(record, "lock_overdue", "order-lock")
def find_overdue(now: datetime) -> Order | None:
    overdue = select(Order).where(Order.state == "open", Order.expires_at < now)
    return db.inside().session.scalars(overdue.order_by(Order.expires_at).limit(1)).first()


@instead_of(cart_actions, "_merge", "merging")
def pile_up(cart: Cart, sku: str, quantity: int, _currency: str) -> int:
    """A new line each time, whatever lies in the cart already."""
    here = db.inside()
    variant = here.session.scalars(select(Variant.id).where(Variant.sku == sku)).one()
    line = CartLine(cart_id=cart.id, variant_id=variant, quantity=quantity, price_seen=0, added_at=here.now)
    here.session.add(line)
    here.session.flush()
    return line.id


_read = till.read


def with_lines(change: Callable[[Line], Line]) -> Callable[..., Any]:
    """The till, with something changed on each line."""

    def read(rows: Sequence[Any]) -> Any:
        lines, *rest = _read(rows) or ([],)
        return (list(map(change, lines)), *rest) if lines else None

    return read


instead_of(till, "read", "today's-prices")(with_lines(lambda line: replace(line, price=line.price_seen)))
instead_of(till, "read", "a-look-at-the-shelf")(with_lines(lambda line: replace(line, on_sale=True)))


@instead_of(counting, "begin", "product-lock")
def take_no_turns(_product_id: int) -> None:
    """Whoever counts sees nobody who counts at the same moment."""
