"""Write an order down, lock it, and move its parts along their tables. Parts of a change, all of them."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update

from storefront.orders.models import FULFILMENT_MOVES, ORDER_MOVES, Fulfilment, Order
from storefront.orders.statements import STEP
from storefront.platform import acting, audit, db, events
from storefront.platform.errors import NotFound, Refusal

ANSWERABLE = (*acting.AUDITED, "cli")
"""Whose changes the audit log holds."""


class NotAllowed(Refusal):
    """A state cannot be reached from where the thing stands."""

    code = "state-not-allowed"

    def __init__(self, subject: str, from_state: str, to_state: str) -> None:
        super().__init__(f"{subject}: {from_state} -> {to_state}")
        self.subject, self.from_state, self.to_state = subject, from_state, to_state

    def message(self) -> str:
        return _(
            "The %(subject)s is %(now)s, so it cannot become %(then)s.",
            subject=self.subject,
            now=self.from_state,
            then=self.to_state,
        )


def write_step(
    order_id: int, subject: str, key: int, before: str, after: str, reason: str | None = None
) -> None:
    """Add to the history that something moved from one state to the next, with whoever moved it.

    What staff, a key or a command moves is in the audit log, too.
    """
    if db.inside().actor.kind in ANSWERABLE:
        audit.note(f"{subject}s", key, {"state": before}, {"state": after})
    what = {"order_id": order_id, "subject": subject, "subject_id": key}
    moved = {"from_state": before, "to_state": after, "reason": reason}
    db.inside().execute(STEP, what | moved | events.origin())


def lock(order_id: int) -> Order:
    """Lock an order before anything about it is read, so that of twenty who change it one does.

    Raises NotFound.
    """
    query = select(Order).where(Order.id == order_id).with_for_update(key_share=True)
    found = db.inside().session.scalars(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound
    return found


def lock_overdue(now: datetime) -> Order | None:
    """Lock one open order whose hold ran out, passing over those that somebody else has locked."""
    query = (
        select(Order)
        .where(Order.state == "open", Order.expires_at < now)
        .order_by(Order.expires_at)
        .limit(1)
        .with_for_update(key_share=True, skip_locked=True)
    )
    return db.inside().session.scalars(query.execution_options(populate_existing=True)).first()


def fulfilment_of(order: Order) -> Fulfilment:
    """The fulfilment of a locked order, as it is now."""
    query = select(Fulfilment).where(Fulfilment.order_id == order.id)
    return db.inside().session.scalars(query.execution_options(populate_existing=True)).one()


def move(order: Order, to: str, reason: str | None = None) -> None:
    """Move a locked order along its table. Raises NotAllowed."""
    if (order.state, to) not in ORDER_MOVES:
        raise NotAllowed("order", order.state, to)
    write_step(order.id, "order", order.id, order.state, to, reason)
    _set(Order, order.id, state=to)
    order.state = to


def move_fulfilment(fulfilment: Fulfilment, to: str, reason: str | None = None) -> None:
    """Move the fulfilment of a locked order along its table. Raises NotAllowed."""
    if (fulfilment.state, to) not in FULFILMENT_MOVES:
        raise NotAllowed("fulfilment", fulfilment.state, to)
    write_step(fulfilment.order_id, "fulfilment", fulfilment.id, fulfilment.state, to, reason)
    _set(Fulfilment, fulfilment.id, state=to)
    fulfilment.state = to


def end_hold(order: Order) -> None:
    """Nothing ends this order's hold on its stock by itself any more."""
    _set(Order, order.id, expires_at=None)


def _set(model: type[Order | Fulfilment], key: int, **values: Any) -> None:
    db.inside().session.execute(update(model).where(model.id == key).values(**values))
