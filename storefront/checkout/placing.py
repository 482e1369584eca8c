"""A placed order as one statement, to which every domain gives its own parts.

Eight statements would say the same; but each is a message to the database and back, and costs both
sides more than its rows. Foreign keys are looked at when all parts are done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, Select, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from storefront.orders import statements as orders
from storefront.payments import record as payments
from storefront.platform import audit, db, events, jobs, mail
from storefront.platform.spoken import Spoken
from storefront.platform.statements import word


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order that is not written yet, and by whom it will be paid for."""

    header: dict[str, Any]
    lines: Sequence[dict[str, Any]]
    provider: str
    payment_state: str


def _placing() -> tuple[Select[*tuple[Any, ...]], CTE, CTE, CTE]:
    """The statement, and of its parts the order, its lines and its fulfilment."""
    order = orders.placed()
    key = order.c.id
    lines, fulfilment, payment = (
        orders.lines_of(order),
        orders.fulfilment_of(order),
        payments.payment_of(order),
    )
    data = func.jsonb_build_object(word("total"), order.c.total)
    parts = [
        lines,
        payments.authorisation_of(payment),
        orders.beginnings(order, fulfilment=fulfilment, payment=payment),
        events.told("order.placed", word("order:").concat(key), data),
        mail.owing(word("order-placed:").concat(key), order.c.email, order.c.placed_at),
    ]
    said = select(key, jobs.deferring("checkout.confirm", order_id=key)).add_cte(*parts)
    return said, order, lines, fulfilment


def _placing_for_programs() -> Select[*tuple[Any, ...]]:
    said, order, lines, fulfilment = _placing()
    ids = select(func.array_agg(aggregate_order_by(lines.c.id, lines.c.position))).scalar_subquery()
    told = (
        order.c.number,
        order.c.state,
        ids.label("line_ids"),
        select(fulfilment.c.id).scalar_subquery().label("fulfilment_id"),
        select(fulfilment.c.state).scalar_subquery().label("fulfilment_state"),
    )
    return said.add_columns(*told).add_cte(audit.noting("orders", order.c.id))


_PLACE = Spoken(_placing()[0])
_PLACE_FOR_PROGRAMS = Spoken(_placing_for_programs())


def write(new: NewOrder) -> int:
    """Insert an order and everything that a new order has; returns its key. Part of a change."""
    (placed,) = db.inside().say(_PLACE, _given(new))
    key: int = placed.id
    return key


def write_for_programs(new: NewOrder, noted: Mapping[str, Any] | None) -> dict[str, Any]:
    """The same, with a line in the audit log if there is something to note; returns the order as it stands.

    It is what `checkout/order_told.py` would read of it now. Part of a change.
    """
    (placed,) = db.inside().say(_PLACE_FOR_PROGRAMS, _given(new) | audit.noted(noted))
    begun = {"order_id": placed.id, "reduced_by": 0}
    lines = [
        line | begun | {"id": key, "position": place}
        for place, (key, line) in enumerate(zip(placed.line_ids, new.lines, strict=True))
    ]
    fulfilment = {"id": placed.fulfilment_id, "order_id": placed.id, "state": placed.fulfilment_state}
    unsent = {"handed_over_at": None, "carrier": "", "tracking_number": "", "tracking_url": ""}
    more = {"lines": lines, "fulfilment": fulfilment | unsent, "invoice_id": None}
    own = {"id": placed.id, "number": placed.number, "state": placed.state}
    return new.header | own | more | {"payment_state": new.payment_state}


def _given(new: NewOrder) -> dict[str, Any]:
    money = {"provider": new.provider, "payment_state": new.payment_state}
    numbered = [line | {"position": place} for place, line in enumerate(new.lines)]
    return new.header | events.origin() | jobs.origin() | money | {"lines": numbered}
