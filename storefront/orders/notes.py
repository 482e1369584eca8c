"""What staff write beside an order: for themselves, or to the customer by mail."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db, events

MAX_NOTE_OF_STAFF = 4000


class OrderNote(db.Model):
    """One note; it stays as it was written until its customer is erased."""

    __tablename__ = "order_notes"
    __table_args__ = (CheckConstraint("text <> ''", name="text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="RESTRICT"), index=True)
    mailed_to: Mapped[str | None]
    """The customer's address, for a note that goes there; null for one among staff."""
    text: Mapped[str]
    actor_kind: Mapped[str]
    actor_id: Mapped[str | None]
    request_id: Mapped[str | None]
    at: Mapped[datetime]


def write(order_id: int, words: str, mailed_to: str | None) -> int:
    """Add a note with whoever wrote it; returns its key. Part of a change."""
    note = {"order_id": order_id, "text": words, "mailed_to": mailed_to}
    added = insert(OrderNote).values(note | events.origin()).returning(OrderNote.id)
    return db.inside().session.execute(added).scalar_one()


def of_order(order_id: int) -> Sequence[OrderNote]:
    """Every note beside an order, in the order in which they were written."""
    query = select(OrderNote).where(OrderNote.order_id == order_id).order_by(OrderNote.id)
    return db.session.scalars(query).all()


def with_id(note_id: int) -> OrderNote:
    """A note that is known to exist."""
    return db.session.scalars(select(OrderNote).where(OrderNote.id == note_id)).one()
