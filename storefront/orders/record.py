"""Write an order down, lock it, and move its parts along their tables. Parts of a change, all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import BigInteger, Text, bindparam, insert, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY

from storefront.orders.models import (
    FULFILMENT_MOVES,
    ORDER_MOVES,
    Fulfilment,
    Order,
    OrderLine,
)
from storefront.platform import db
from storefront.platform.errors import NotFound, Refusal


@dataclass(frozen=True, slots=True)
class Step:
    """One move to be written into the history: of what, from which state, to which."""

    subject: str
    subject_id: int
    from_state: str | None
    to_state: str
    reason: str | None = None


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


_ORDER = insert(db.table(Order)).returning(Order.id)
_LINE = insert(db.table(OrderLine)).inline()
_FULFILMENT = insert(db.table(Fulfilment)).returning(Fulfilment.id)
_STEPS = text("""
    INSERT INTO state_changes (
        order_id, actor_kind, actor_id, request_id, at, subject, subject_id, from_state, to_state, reason
    )
    SELECT :order, :actor_kind, :actor_id, :request_id, :at, step.*
    FROM unnest(:subjects, :keys, :before, :after, :reasons) AS step
""").bindparams(
    *(bindparam(name, type_=ARRAY(Text)) for name in ("subjects", "before", "after", "reasons")),
    bindparam("keys", type_=ARRAY(BigInteger)),
)


def order(values: dict[str, Any], lines: Sequence[dict[str, Any]]) -> tuple[int, int]:
    """Insert an order, its lines by ascending variant, and its fulfilment; returns both keys."""
    here = db.inside()
    order_id = here.execute(_ORDER, values).scalar_one()
    by_variant = sorted(lines, key=lambda line: line["variant_id"])
    rows = [line | {"order_id": order_id, "position": place} for place, line in enumerate(by_variant)]
    here.execute(_LINE, rows)
    return order_id, here.execute(_FULFILMENT, {"order_id": order_id}).scalar_one()


def write_history(order_id: int, steps: Sequence[Step]) -> None:
    """Add steps to the history, with whoever takes them."""
    here = db.inside()
    here.execute(
        _STEPS,
        {
            "order": order_id,
            "actor_kind": here.actor.kind,
            "actor_id": here.actor.id,
            "request_id": here.request_id,
            "at": here.now,
            "subjects": [step.subject for step in steps],
            "keys": [step.subject_id for step in steps],
            "before": [step.from_state for step in steps],
            "after": [step.to_state for step in steps],
            "reasons": [step.reason for step in steps],
        },
    )


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
    write_history(order.id, [Step("order", order.id, order.state, to, reason)])
    _set(Order, order.id, state=to)
    order.state = to


def move_fulfilment(fulfilment: Fulfilment, to: str) -> None:
    """Move the fulfilment of a locked order along its table. Raises NotAllowed."""
    if (fulfilment.state, to) not in FULFILMENT_MOVES:
        raise NotAllowed("fulfilment", fulfilment.state, to)
    write_history(fulfilment.order_id, [Step("fulfilment", fulfilment.id, fulfilment.state, to)])
    _set(Fulfilment, fulfilment.id, state=to)
    fulfilment.state = to


def end_hold(order: Order) -> None:
    """Nothing ends this order's hold on its stock by itself any more."""
    _set(Order, order.id, expires_at=None)


def _set(model: type[Order | Fulfilment], key: int, **values: Any) -> None:
    db.inside().session.execute(update(model).where(model.id == key).values(**values))
