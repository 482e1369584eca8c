"""A visitor's cart becomes that of whoever signed in; and what was bought once is put in again."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from storefront.accounts import turns
from storefront.cart import carts
from storefront.cart.models import Cart, CartLine
from storefront.catalog.models import Price, Variant
from storefront.config import settings
from storefront.platform import db
from storefront.platform.errors import NotFound
from storefront.shop import queries as shop_queries

_SOLD = Variant.archived_at.is_(None)


@dataclass(frozen=True, slots=True)
class Claimed:
    """Whose cart it is now, and how many units came to what lay there before."""

    token: str | None
    came: int = 0


def is_settled(token: str | None, account_id: int) -> bool:
    """Whether the visitor's cart is that of whoever is signed in, or there is none at all."""
    query = select(Cart.token, Cart.account_id).where(~Cart.closed, _either(token, account_id))
    rows = db.session.execute(query).all()
    return not rows or any((row.token, row.account_id) == (token, account_id) for row in rows)


@db.retried
def claim(token: str | None, account_id: int) -> Claimed:
    """The visitor's cart is theirs from now on; what lay in theirs before lies beside it.

    Quantities are added up to what a cart takes. A cart of somebody else, who left it in this browser,
    stays theirs and is not touched.
    """
    with db.transaction() as session:
        turns.take(account_id)
        open_ones = session.execute(
            select(Cart.id).where(~Cart.closed, _either(token, account_id)).order_by(Cart.id)
        ).all()
        locked = {cart.token: cart for row in open_ones if (cart := _lock(row.id)) is not None}
        mine = next((cart for cart in locked.values() if cart.account_id == account_id), None)
        found = locked.get(token or "")
        brought = found if found is not None and found.account_id is None else None
        if brought is None:
            return Claimed(mine.token if mine else None)
        if mine is None:
            session.execute(update(Cart).where(Cart.id == brought.id).values(account_id=account_id))
            return Claimed(brought.token)
        came = _move(brought, mine)
        session.execute(delete(Cart).where(Cart.id == brought.id))
        carts.settle(mine)
    return Claimed(mine.token, came)


@dataclass(frozen=True, slots=True)
class Again:
    """What was put in once more, and which of it nobody sells any more."""

    token: str
    gone: tuple[str, ...]


@db.retried
def put_in_again(token: str | None, wanted: Sequence[tuple[int, int, str]]) -> Again:
    """Put variants in that were bought before: (variant, units, what it is called).

    The cart's page says what there is less of by now.
    """
    with db.transaction() as session:
        cart = carts.lock_open(token) or carts.open_new()
        on_sale = set(session.scalars(select(Variant.id).where(Variant.id.in_(w[0] for w in wanted), _SOLD)))
        for variant_id, units, _title in sorted(wanted):
            if variant_id in on_sale:
                _put(cart, variant_id, units)
        _leave_out_too_many(cart)
        carts.settle(cart)
    return Again(
        cart.token, tuple(title for variant_id, _units, title in wanted if variant_id not in on_sale)
    )


def _either(token: str | None, account_id: int) -> ColumnElement[bool]:
    return or_(Cart.token == token, Cart.account_id == account_id) if token else Cart.account_id == account_id


def _lock(cart_id: int) -> Cart | None:
    """By ascending id, so that two browsers of one person do not wait for each other in a circle."""
    try:
        found = carts.lock(cart_id)
    except NotFound:
        return None
    return None if found.closed else found


def _move(brought: Cart, mine: Cart) -> int:
    """Lines of the one into the other, or into its own of the same thing; returns how many units came."""
    session = db.inside().session
    lines = session.scalars(
        select(CartLine).where(CartLine.cart_id == brought.id).order_by(CartLine.variant_id)
    )
    came = 0
    for line in lines.all():
        came += line.quantity
        _put(mine, line.variant_id, line.quantity, line.price_seen)
    _leave_out_too_many(mine)
    return came


def _put(cart: Cart, variant_id: int, units: int, price_seen: int | None = None) -> None:
    here, most = db.inside(), settings().max_line_quantity
    seen = select(Price.amount).where(
        Price.variant_id == variant_id, Price.currency == shop_queries.read().currency
    )
    price = literal(price_seen) if price_seen is not None else func.coalesce(seen.scalar_subquery(), 0)
    new = insert(CartLine).values(
        cart_id=cart.id, variant_id=variant_id, quantity=min(units, most), price_seen=price, added_at=here.now
    )
    more = func.least(CartLine.quantity + new.excluded.quantity, most)
    merged = new.on_conflict_do_update(
        index_elements=[CartLine.cart_id, CartLine.variant_id], set_={"quantity": more}
    )
    here.session.execute(merged)


def _leave_out_too_many(cart: Cart) -> None:
    """A cart holds only so many different things: the last ones that came stay out."""
    last = (
        select(CartLine.id)
        .where(CartLine.cart_id == cart.id)
        .order_by(CartLine.id)
        .offset(settings().max_cart_lines)
    )
    db.inside().session.execute(delete(CartLine).where(CartLine.id.in_(last)))
