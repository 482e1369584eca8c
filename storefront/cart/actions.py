"""Put things into a cart, change how many, and take them out again."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from storefront.cart import basket, carts
from storefront.cart.basket import Line
from storefront.cart.models import Cart, CartLine
from storefront.cart.queries import Added
from storefront.cart.refusals import CartFull, LineGone, NotEnough, NotSold, TooMany
from storefront.catalog.models import Price, Variant
from storefront.catalog.prices import at_this_moment
from storefront.config import settings
from storefront.platform import db
from storefront.shop import queries as shop_queries


@db.retried
def add_to_cart(token: str | None, sku: str, quantity: int) -> Added:
    """Put some units of a variant into the visitor's cart, or into a new one if there is none.

    Raises NotSold, NotEnough, TooMany or CartFull; then the cart is as it was.
    """
    with db.transaction() as session:
        cart = carts.lock_open(token) or carts.open_new()
        currency = shop_queries.read().currency
        line_id = _merge(cart, sku, quantity, currency)
        lines = basket.lines(session, cart.id, currency)
        added = Added.among(lines, line_id, cart.token)
        _judge(added.line, already=added.line.quantity - quantity)
        if len(lines) > settings().max_cart_lines:
            raise CartFull(settings().max_cart_lines)
        carts.settle(cart)
    return added


@db.retried
def change_line(
    token: str | None, line_id: int, quantity: int, price_shown: int | None = None
) -> Line | None:
    """Have so many units on a line; none takes it out. Returns the line as it was.

    If today's price is the one that was shown, the shopper has accepted it. Raises LineGone, NotSold,
    NotEnough or TooMany; then the cart is as it was.
    """
    with db.transaction() as session:
        cart = carts.lock_open(token)
        line = _line(cart, line_id)
        if cart is None or line is None:
            if quantity == 0:
                return None
            raise LineGone
        this = CartLine.id == line.id
        if quantity == 0:
            session.execute(delete(CartLine).where(this))
        else:
            _judge(replace(line, quantity=quantity))
            seen = line.price if line.price == price_shown else line.price_seen
            session.execute(update(CartLine).where(this).values(quantity=quantity, price_seen=seen))
        carts.settle(cart)
    return line


@db.retried
def keep_what_is_left(token: str | None) -> None:
    """Make every line one that can be bought: fewer units where fewer are left, and out with the rest."""
    with db.transaction() as session:
        cart = carts.lock_open(token)
        if cart is None:
            return
        for line in basket.lines(session, cart.id, shop_queries.read().currency):
            this = CartLine.id == line.id
            if line.obtainable == 0:
                session.execute(delete(CartLine).where(this))
            elif line.obtainable < line.quantity:
                session.execute(update(CartLine).where(this).values(quantity=line.obtainable))
        carts.settle(cart)


def sweep_carts(limit: int = 500) -> int:
    """Delete some carts that nobody touched for long and that were never ordered; returns how many."""
    with db.transaction() as session:
        forgotten = (Cart.touched_at < db.inside().now - timedelta(days=settings().cart_days), ~Cart.closed)
        some = select(Cart.id).where(*forgotten).order_by(Cart.touched_at).limit(limit)
        # Asked twice, because somebody may touch a cart while we wait for its lock.
        swept = session.scalars(delete(Cart).where(Cart.id.in_(some), *forgotten).returning(Cart.id)).all()
    return len(swept)


def _merge(cart: Cart, sku: str, quantity: int, currency: str) -> int:
    """Make a line, or let the one that is there hold more. Raises NotSold."""
    price = (Price.variant_id == Variant.id) & (Price.currency == currency)
    here = db.inside()
    now = literal(here.now)
    line = (
        select(literal(cart.id), Variant.id, literal(quantity), func.coalesce(at_this_moment(), 0), now)
        .outerjoin(Price, price)
        .where(Variant.sku == sku)
    )
    new = insert(CartLine).from_select(["cart_id", "variant_id", "quantity", "price_seen", "added_at"], line)
    merged = {"quantity": CartLine.quantity + new.excluded.quantity, "price_seen": new.excluded.price_seen}
    upsert = new.on_conflict_do_update(
        index_elements=[CartLine.cart_id, CartLine.variant_id], set_=merged
    ).returning(CartLine.id)
    row = here.session.execute(upsert).first()
    if row is None:
        raise NotSold
    return int(row.id)


def _line(cart: Cart | None, line_id: int) -> Line | None:
    if cart is None:
        return None
    lines = basket.lines(db.inside().session, cart.id, shop_queries.read().currency)
    return next((line for line in lines if line.id == line_id), None)


def _judge(line: Line, already: int = 0) -> None:
    """Whether a line may be so. Raises NotSold, TooMany or NotEnough."""
    if not line.on_sale:
        raise NotSold
    if line.quantity > settings().max_line_quantity:
        raise TooMany(settings().max_line_quantity, already)
    if line.obtainable < line.quantity:
        raise NotEnough(line, already)
