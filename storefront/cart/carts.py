"""Which cart a visitor means, and the one lock on it."""

import re
import secrets
from functools import cache
from typing import Any

from sqlalchemy import CTE, Select, bindparam, delete, exists, literal_column, select, update

from storefront.cart.models import Cart, CartLine
from storefront.platform import db, http
from storefront.platform.errors import NotFound

COOKIE = "cart"
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}", re.ASCII)
_BY_ID = select(Cart).where(Cart.id == bindparam("it"))
_BY_TOKEN = select(Cart).where(Cart.token == bindparam("it"))
_FOUND: Select[*tuple[Any, ...]] = select(Cart.id, Cart.closed, Cart.touched_at).where(
    Cart.token == bindparam("cart")
)


@cache
def _locking(which: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    # FOR NO KEY UPDATE, because the lines that are inserted meanwhile only need the key to stay.
    return which.with_for_update(key_share=True)


def token_of_visitor() -> str | None:
    """What this request's cookie says, if it looks like anything we ever gave out."""
    token = http.remembered(COOKIE)
    return token if token and TOKEN.fullmatch(token) else None


def of_visitor() -> Cart | None:
    """The cart of this request's cookie, ordered or not; read, not locked."""
    return _read(token_of_visitor())


def open_of(token: str | None) -> Cart | None:
    """The cart a token stands for, unless it was ordered; read, not locked."""
    cart = _read(token)
    return None if cart is None or cart.closed else cart


def lock(cart_id: int) -> Cart:
    """Lock a cart: everything that reads it to change it, or orders it, comes through here one by one.

    Part of a change. Raises NotFound when it is gone.
    """
    cart = _locked(_BY_ID, cart_id)
    if cart is None:
        raise NotFound
    return cart


def lock_open(token: str | None) -> Cart | None:
    """The cart a token stands for, locked; None when there is none or it was ordered. Part of a change."""
    cart = _locked(_BY_TOKEN, token) if token else None
    return None if cart is None or cart.closed else cart


def taking(after: CTE) -> CTE:
    """Locking and closing the cart that the token `cart` stands for, once there is a row of `after`.

    A part of a larger statement, which sees all else as it was when it began. The row tells whether the
    cart was closed before and when it was touched, as the lock found it. When no order comes of it, the
    rollback opens the cart again.
    """
    cart, was = db.table(Cart), _locking(_FOUND.where(exists(select(after)))).cte("was")
    closing = update(cart).where(cart.c.id == was.c.id).values(closed=literal_column("true"))
    return closing.returning(was.c.id, was.c.closed, was.c.touched_at).cte("taken")


def open_new() -> Cart:
    """A cart for somebody who has none. Part of a change."""
    here = db.inside()
    cart = Cart(token=secrets.token_urlsafe(24), created_at=here.now, touched_at=here.now)
    here.session.add(cart)
    here.session.flush()
    return cart


def settle(cart: Cart) -> None:
    """After its lines changed: an empty cart is not kept, another was touched just now. Part of a change."""
    here = db.inside()
    empty = ~exists().where(CartLine.cart_id == cart.id)
    if here.session.execute(delete(Cart).where(Cart.id == cart.id, empty).returning(Cart.id)).first() is None:
        here.session.execute(update(Cart).where(Cart.id == cart.id).values(touched_at=here.now))


def _read(token: str | None) -> Cart | None:
    return db.session.scalars(_BY_TOKEN, {"it": token}).first() if token else None


def _locked(which: Select[Cart], it: int | str) -> Cart | None:
    afresh = {"populate_existing": True}
    return db.inside().session.scalars(_locking(which), {"it": it}, execution_options=afresh).first()
