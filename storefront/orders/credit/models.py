"""Credit notes, and what was taken off the lines of orders; neither ever changes."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, FetchedValue, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db


class CreditNote(db.Model):
    """The numbered document that takes an invoice back, or a part of it."""

    __tablename__ = "credit_notes"
    __table_args__ = (
        UniqueConstraint("series", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("total >= 0 AND tax >= 0 AND tax <= total", name="amounts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="RESTRICT"), index=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id", ondelete="RESTRICT"), index=True)
    series: Mapped[str]
    """The year in the shop's time zone behind a letter, such as "C2026"."""
    number: Mapped[int]
    issued_at: Mapped[datetime]
    paid: Mapped[bool]
    """Whether the invoice was paid by then: if so the money goes back, else there is less to pay."""
    reason: Mapped[str]
    currency: Mapped[str]
    tax: Mapped[int]
    total: Mapped[int]
    taxes: Mapped[list[dict[str, Any]]]
    """Net and tax by rate, as an order has them."""
    lines: Mapped[list[dict[str, Any]]]
    """What it is for: kind (goods, shipping, price, credited), rate, net, tax; of goods name and quantity."""
    seller: Mapped[dict[str, Any]]
    buyer: Mapped[dict[str, Any]]
    digest: Mapped[str | None] = mapped_column(server_default=FetchedValue())

    @property
    def label(self) -> str:
        return f"{self.series}-{self.number:06d}"


class LineReduction(db.Model):
    """Units of an order's line that were cancelled before they were packed, or came back."""

    __tablename__ = "line_reductions"
    __table_args__ = (
        CheckConstraint("kind IN ('cancelled', 'returned')", name="kind"),
        CheckConstraint("quantity > 0 AND restocked BETWEEN 0 AND quantity", name="quantity"),
        CheckConstraint("discount >= 0 AND net >= 0 AND tax >= 0", name="amounts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="RESTRICT"), index=True)
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id", ondelete="RESTRICT"), index=True)
    credit_note_id: Mapped[int | None] = mapped_column(
        ForeignKey("credit_notes.id", ondelete="RESTRICT"), index=True
    )
    """Null when there was no invoice yet: then the order's total, and the invoice to come, are lower."""
    kind: Mapped[str]
    quantity: Mapped[int]
    restocked: Mapped[int]
    """How many of what came back stand on the shelf again."""
    discount: Mapped[int]
    net: Mapped[int]
    tax: Mapped[int]
    reason: Mapped[str]
    actor_kind: Mapped[str]
    actor_id: Mapped[str | None]
    request_id: Mapped[str | None]
    at: Mapped[datetime]
    digest: Mapped[str | None] = mapped_column(server_default=FetchedValue())
