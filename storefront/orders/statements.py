"""What writes an order down: parts of the one statement that places it, and the statement of one step."""

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnClause,
    Select,
    bindparam,
    column,
    func,
    insert,
    literal_column,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSON

from storefront.orders.models import Fulfilment, Order, OrderLine, StateChange
from storefront.platform import db, events
from storefront.platform.statements import given, insertion, word

_orders, _lines, _fulfilments, _history = map(db.table, (Order, OrderLine, Fulfilment, StateChange))

STEP = insert(_history).inline()


def placed() -> CTE:
    """The order itself, and of it what the other parts are made of."""
    told = ("id", "number", "state", "email", "payment_method", "currency", "total", "placed_at")
    return insertion(Order, "id", "number", "state").returning(*(_orders.c[it] for it in told)).cte("placed")


def lines_of(order: CTE) -> CTE:
    """Its lines by ascending variant, as one value, so that the statement is the same for any number."""
    names = given(OrderLine, "id", "order_id", "digest")
    line = (
        func.json_to_recordset(bindparam("lines", type_=JSON))
        .table_valued(*(column(name, _lines.c[name].type) for name in names))
        .render_derived("line", with_types=True)
    )
    whole: ColumnClause[Any] = literal_column(
        "line.*"
    )  # One by one, their names make the statement too long to be kept.
    rows = select(order.c.id, whole).select_from(order.join(line, true())).order_by(line.c.variant_id)
    made = insert(_lines).from_select(["order_id", *names], rows)
    return made.returning(_lines.c.id, _lines.c.position).cte("lines")


def fulfilment_of(order: CTE) -> CTE:
    """Its fulfilment, which waits."""
    row = insert(_fulfilments).from_select(["order_id"], select(order.c.id))
    return row.returning(_fulfilments.c.id, _fulfilments.c.state).cte("fulfilment")


def beginnings(order: CTE, **others: CTE) -> CTE:
    """The first steps of the order and of the others that the statement inserts, by what they are."""
    things = {"order": order} | others
    steps: list[Select[*tuple[Any, ...]]] = [
        select(word(subject).label("subject"), thing.c.id, thing.c.state) for subject, thing in things.items()
    ]
    begun = union_all(*steps).subquery("begun")
    rows = select(order.c.id, *begun.c, *events.asked()).select_from(order.join(begun, true()))
    names = ["order_id", "subject", "subject_id", "to_state", *events.ORIGIN]
    return insert(_history).from_select(names, rows).cte("history")
