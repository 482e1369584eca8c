"""A placed order as one statement, to which every domain gives its own parts.

Eight statements would say the same; but each is a message to the database and back, and costs both
sides more than its rows. Foreign keys are looked at when all parts are done.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from storefront.orders import statements as orders
from storefront.payments import record as payments
from storefront.platform import db, events, jobs, mail
from storefront.platform.spoken import Spoken
from storefront.platform.statements import word


def _placing() -> Select[*tuple[Any, ...]]:
    order = orders.placed()
    key = order.c.id
    fulfilment, payment = orders.fulfilment_of(order), payments.payment_of(order)
    data = func.jsonb_build_object(word("total"), order.c.total)
    parts = [
        orders.lines_of(order),
        payments.authorisation_of(payment),
        orders.beginnings(order, fulfilment=fulfilment, payment=payment),
        events.told("order.placed", word("order:").concat(key), data),
        mail.owing(word("order-placed:").concat(key), order.c.email, order.c.placed_at),
    ]
    return select(key, jobs.deferring("checkout.confirm", order_id=key)).add_cte(*parts)


_PLACE = Spoken(_placing())


def write(
    order: dict[str, Any], lines: Sequence[dict[str, Any]], *, provider: str, payment_state: str
) -> int:
    """Insert an order and everything that a new order has; returns its key. Part of a change."""
    values = order | events.origin() | jobs.origin() | {"provider": provider, "payment_state": payment_state}
    numbered = [line | {"position": place} for place, line in enumerate(lines)]
    (placed,) = db.inside().say(_PLACE, values | {"lines": numbered})
    key: int = placed.id
    return key
