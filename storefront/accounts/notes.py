"""What staff write down about a customer, for each other."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db, events

MAX_NOTE = 4000


class CustomerNote(db.Model):
    """One note; it stays as it was written, and goes with its customer."""

    __tablename__ = "customer_notes"
    __table_args__ = (CheckConstraint("text <> ''", name="text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    actor_kind: Mapped[str]
    actor_id: Mapped[str | None]
    request_id: Mapped[str | None]
    at: Mapped[datetime]


def write(account_id: int, words: str) -> int:
    """Add a note with whoever wrote it; returns its key. Part of a change."""
    note = {"account_id": account_id, "text": words}
    added = insert(CustomerNote).values(note | events.origin()).returning(CustomerNote.id)
    return db.inside().session.execute(added).scalar_one()


def about(account_id: int) -> Sequence[CustomerNote]:
    """Every note about a customer, newest first."""
    query = select(CustomerNote).where(CustomerNote.account_id == account_id)
    return db.session.scalars(query.order_by(CustomerNote.id.desc())).all()
