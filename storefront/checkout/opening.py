"""How an order begins, as one statement: its key is taken, its cart locked and closed, its charges read.

Three statements would say the same; but each is a message to the database and back, and the second and
third would be said while somebody else may wait for the cart. One statement sees everything as it was
when it began, though, and what it waits for may change meanwhile: so it compares when the cart was touched
as it sees it and as the lock found it, and if these differ the charges are asked for once more.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import literal_column, select, true

from storefront.cart import carts, till
from storefront.cart.models import Cart
from storefront.cart.till import Charge
from storefront.platform import db, idempotency
from storefront.platform.spoken import Spoken


@dataclass(frozen=True, slots=True)
class Begun:
    """A cart that is about to become an order, or was `ordered` before, and what it is charged by."""

    cart_id: int
    ordered: bool
    charge: Charge | None


def _opening() -> Spoken:
    claimed = idempotency.claiming()
    taken = carts.taking(claimed)
    seen = db.table(Cart).alias("seen")
    charged = till.asking(select(taken.c.id).scalar_subquery()).subquery("charged")
    always = select(literal_column("true")).subquery("always")  # A row, also when there is no cart.
    found = always.outerjoin(claimed, true()).outerjoin(taken, true())
    return Spoken(
        select(
            claimed.c.key.is_not(None).label("claimed"),
            taken.c.id.label("cart_id"),
            taken.c.closed.label("ordered"),
            (seen.c.touched_at == taken.c.touched_at).label("still"),
            *charged.c,
        )
        .select_from(found.outerjoin(seen, seen.c.id == taken.c.id).outerjoin(charged, true()))
        .order_by(charged.c.variant_id)
    )


_OPEN = _opening()


def begin(key: UUID, print_: str, answer: str, cart_token: str | None) -> Begun | str | None:
    """Take the key for `answer`, and the cart; or the answer of an earlier taker, or None without a cart.

    Part of a change: when no order comes of it, the rollback gives both back. Raises KeyReused.
    """
    here = db.inside()
    rows = here.say(_OPEN, idempotency.asked(key, print_, answer) | {"cart": cart_token})
    first = rows[0]
    if not first.claimed:
        return idempotency.answer_of(key, print_)
    if first.cart_id is None:
        return None
    if first.ordered or not first.still:
        return Begun(first.cart_id, first.ordered, None if first.ordered else till.ring_up(first.cart_id))
    return Begun(first.cart_id, ordered=False, charge=till.read(rows if first.id is not None else ()))
