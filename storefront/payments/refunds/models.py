"""How money went back: each refund with its way and its reference, never changed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, FetchedValue, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db

METHODS = ("bank_transfer", "cash", "card", "other")
MAX_REFERENCE = 200


class Refund(db.Model):
    """Money that went back to a customer; the payment's event of it counts, this tells how."""

    __tablename__ = "refunds"
    __table_args__ = (CheckConstraint("amount > 0", name="amount"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="RESTRICT"), index=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id", ondelete="RESTRICT"), index=True)
    credit_note_id: Mapped[int | None] = mapped_column(
        ForeignKey("credit_notes.id", ondelete="RESTRICT"), index=True
    )
    """The credit note that was issued with it, where more went back than was owed."""
    currency: Mapped[str]
    amount: Mapped[int]
    method: Mapped[str]
    reference: Mapped[str]
    """What finds it again, such as the number of a transfer."""
    reason: Mapped[str]
    actor_kind: Mapped[str]
    actor_id: Mapped[str | None]
    request_id: Mapped[str | None]
    at: Mapped[datetime]
    digest: Mapped[str | None] = mapped_column(server_default=FetchedValue())
