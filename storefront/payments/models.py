"""Payments, and each event that moved money."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db

MOVES = {
    ("created", "requires_action"),
    ("created", "authorised"),
    ("created", "captured"),
    ("created", "failed"),
    ("created", "voided"),
    ("created", "expired"),
    ("requires_action", "authorised"),
    ("requires_action", "captured"),
    ("requires_action", "failed"),
    ("requires_action", "voided"),
    ("requires_action", "expired"),
    ("authorised", "captured"),
    ("authorised", "voided"),
    ("authorised", "expired"),
    ("captured", "partially_refunded"),
    ("captured", "refunded"),
    ("captured", "disputed"),
    ("partially_refunded", "refunded"),
    ("disputed", "captured"),
    ("disputed", "refunded"),
    ("expired", "captured"),  # Money may arrive after we gave up; it is then settled or given back.
}
DEAD = ("voided", "failed", "expired", "refunded")
PAID = ("captured", "partially_refunded", "refunded", "disputed")
BACK = ("captured", "partially_refunded")
"""What money can be sent back of."""


class Payment(db.Model):
    """Money for an order, through one provider; amounts in minor units."""

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint(
            "0 <= refunded AND refunded <= captured AND captured <= authorised AND authorised <= amount",
            name="amounts",
        ),
        CheckConstraint("0 <= to_refund AND refunded + to_refund <= captured", name="to_refund"),
        CheckConstraint(
            "state IN ('created', 'requires_action', 'authorised', 'captured', 'partially_refunded',"
            " 'refunded', 'voided', 'failed', 'expired', 'disputed')",
            name="state",
        ),
        Index(
            "uq_payments_one_alive",
            "order_id",
            unique=True,
            postgresql_where=text("state NOT IN ('voided', 'failed', 'expired', 'refunded')"),
        ),
        Index("ix_payments_order_id", "order_id"),
        Index(
            "ix_payments_unpaid",
            "order_id",
            postgresql_where=text("state = ANY (ARRAY['created', 'requires_action', 'authorised'])"),
        ),
        Index("ix_payments_to_refund", "order_id", postgresql_where=text("to_refund > 0")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="RESTRICT"))
    method: Mapped[str]
    provider: Mapped[str]
    state: Mapped[str]
    currency: Mapped[str]
    amount: Mapped[int]
    authorised: Mapped[int] = mapped_column(server_default=text("0"))
    captured: Mapped[int] = mapped_column(server_default=text("0"))
    refunded: Mapped[int] = mapped_column(server_default=text("0"))
    to_refund: Mapped[int] = mapped_column(server_default=text("0"))
    """What was credited after it was paid, and did not go back yet."""
    created_at: Mapped[datetime]


class PaymentEvent(db.Model):
    """One movement of money at a provider, applied once; never changed."""

    __tablename__ = "payment_events"
    __table_args__ = (
        UniqueConstraint("provider", "event_id"),
        CheckConstraint("kind IN ('authorised', 'released', 'captured', 'refunded')", name="kind"),
        CheckConstraint("amount > 0", name="amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id", ondelete="RESTRICT"), index=True)
    provider: Mapped[str]
    event_id: Mapped[str]
    """The provider's name for it, or ours for what is done by hand."""
    kind: Mapped[str]
    amount: Mapped[int]
    at: Mapped[datetime]
