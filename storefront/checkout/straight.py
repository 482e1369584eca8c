"""Order named lines without having gone round with a cart: all of them, or nothing changes.

It begins, as an order from a cart does (`checkout/opening.py`), with one statement: the key is taken, a cart
made, closed and filled, its charges read. Nobody can be waited for but an earlier taker of the same key, for
nobody else knows the cart.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import literal_column, select, true
from sqlalchemy.orm import aliased

from storefront.cart import straight, till
from storefront.cart.models import CartLine
from storefront.cart.pricing import PricedLine, Quote
from storefront.cart.straight import VariantsUnknown
from storefront.cart.till import Charge
from storefront.checkout import placing, selling
from storefront.checkout.refusals import PriceDiffers
from storefront.checkout.selling import OrderRequest
from storefront.orders import record
from storefront.platform import db, idempotency
from storefront.platform.errors import Busy
from storefront.platform.spoken import Spoken


@dataclass(frozen=True, slots=True)
class Bought:
    """The order that lines became, and whether they did so earlier; else how it stands, as it was written."""

    token: str
    again: bool = False
    written: Mapping[str, Any] | None = None


@db.retried
def place_lines(wanted: Mapping[int, int], prices_seen: Mapping[int, int], wish: OrderRequest) -> Bought:
    """As place_order, for so many units of each variant; each price seen must be the price.

    Raises what place_order raises about goods and money, VariantsUnknown, or PriceDiffers.
    """
    with db.transaction():
        token = secrets.token_urlsafe(16)
        begun = _begin(wish.key, fingerprint_of(wanted, prices_seen, wish), token, wanted)
        if isinstance(begun, str):
            return Bought(begun, again=True)
        priced = selling.price(begun.charge, wish)
        differing = [part.line for part in priced.lines if _differs(part, prices_seen)]
        if differing:
            raise PriceDiffers(differing)
        new = selling.order_of(token, begun.cart_id, priced, wish)
        written = placing.write_for_programs(new, _noted(wanted, priced))
        selling.take_stock(written["id"], priced)
    return Bought(token, written=written)


def fingerprint_of(wanted: Mapping[int, int], prices_seen: Mapping[int, int], wish: OrderRequest) -> str:
    """What must not differ when the key of such a purchase comes again."""
    goods = [sorted(wanted.items()), sorted(prices_seen.items())]
    return idempotency.fingerprint([wish.fingerprint(), wish.account_id, goods])


@dataclass(frozen=True, slots=True)
class Filled:
    """A cart that is about to become an order, and what it is charged by."""

    cart_id: int
    charge: Charge | None


def _filling() -> Spoken:
    claimed = idempotency.claiming()
    cart = straight.opened(claimed)
    lines = aliased(CartLine, straight.filled(cart))
    charged = till.asking(select(cart.c.id).scalar_subquery(), lines).subquery("charged")
    always = select(literal_column("true")).subquery("always")  # A row, also when the key was taken.
    found = always.outerjoin(claimed, true()).outerjoin(cart, true()).outerjoin(charged, true())
    return Spoken(
        select(claimed.c.key.is_not(None).label("claimed"), cart.c.id.label("cart_id"), *charged.c)
        .select_from(found)
        .order_by(charged.c.variant_id)
    )


_FILL = _filling()


def _begin(key: UUID, print_: str, answer: str, wanted: Mapping[int, int]) -> Filled | str:
    """Take the key for `answer`, and fill a closed cart; or the answer of an earlier taker.

    Part of a change: when no order comes of it, the rollback undoes both. Raises KeyReused, VariantsUnknown,
    or Busy when the key was let go in this very moment.
    """
    rows = db.inside().say(_FILL, idempotency.asked(key, print_, answer) | straight.asked(wanted))
    if not rows[0].claimed:
        if (earlier := idempotency.answer_of(key, print_)) is None:
            raise Busy
        return earlier
    if unknown := sorted(wanted.keys() - {row.variant_id for row in rows}):
        raise VariantsUnknown(unknown)
    return Filled(rows[0].cart_id, till.read(rows))


def _differs(part: PricedLine, prices_seen: Mapping[int, int]) -> bool:
    return prices_seen.get(part.line.variant_id, part.line.price) != part.line.price


def _noted(wanted: Mapping[int, int], priced: Quote) -> dict[str, Any] | None:
    """What the audit log says of it, where it must."""
    if db.inside().actor.kind not in record.ANSWERABLE:
        return None
    return {"total": priced.total.amount, "lines": {str(key): wanted[key] for key in sorted(wanted)}}
