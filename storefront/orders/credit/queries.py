"""Questions about what was taken off orders."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from storefront.orders.credit.models import CreditNote, LineReduction
from storefront.platform import db


def notes_of(order_id: int) -> Sequence[CreditNote]:
    """The credit notes of an order, oldest first."""
    query = select(CreditNote).where(CreditNote.order_id == order_id).order_by(CreditNote.id)
    return db.session.scalars(query).all()


def reductions_of(order_id: int) -> Sequence[LineReduction]:
    """Everything that was taken off its lines, oldest first."""
    query = select(LineReduction).where(LineReduction.order_id == order_id).order_by(LineReduction.id)
    return db.session.scalars(query).all()


def cancelled_units(order_id: int) -> Mapping[int, int]:
    """How many units of each line were cancelled before they were packed."""
    query = (
        select(LineReduction.order_line_id, func.sum(LineReduction.quantity))
        .where(LineReduction.order_id == order_id, LineReduction.kind == "cancelled")
        .group_by(LineReduction.order_line_id)
    )
    return {line: int(units) for line, units in db.session.execute(query)}
