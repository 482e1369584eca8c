"""Units of a variant: on the shelf, promised, and every movement that made them so."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db

REASONS = ("import", "delivery", "count", "adjustment", "sale", "return", "write_off")


class Stock(db.Model):
    """How many units of a tracked variant there are; narrow, because this is the row buyers wait for."""

    __tablename__ = "stock"
    __table_args__ = (
        CheckConstraint("0 <= reserved AND reserved <= on_hand", name="never_oversold"),
        CheckConstraint("low_at >= 0", name="low_at"),
    )

    variant_id: Mapped[int] = mapped_column(
        ForeignKey("variants.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    product_id: Mapped[int] = mapped_column(index=True)
    """Never changes; it names the cache tag of the product without asking the catalog."""
    on_hand: Mapped[int] = mapped_column(server_default=text("0"))
    reserved: Mapped[int] = mapped_column(server_default=text("0"))
    low_at: Mapped[int | None]
    """From how many available units on staff are to order more; without it the shop's own number holds."""

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved


class StockMovement(db.Model):
    """One line of the ledger: never changed, never deleted."""

    __tablename__ = "stock_movements"
    __table_args__ = (
        CheckConstraint("quantity <> 0", name="moves_something"),
        CheckConstraint(
            "reason IN ('import', 'delivery', 'count', 'adjustment', 'sale', 'return', 'write_off')",
            name="reason",
        ),
        CheckConstraint("(reason IN ('sale', 'return')) <= (order_line_id IS NOT NULL)", name="of_a_line"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id", ondelete="RESTRICT"), index=True)
    quantity: Mapped[int]
    reason: Mapped[str]
    order_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("order_lines.id", ondelete="RESTRICT"), index=True
    )
    note: Mapped[str | None]
    actor_kind: Mapped[str]
    actor_id: Mapped[str | None]
    request_id: Mapped[str | None]
    at: Mapped[datetime]
    digest: Mapped[str | None]


class Reservation(db.Model):
    """Units of a variant promised to an order: held, then released or handed over."""

    __tablename__ = "reservations"
    __table_args__ = (
        UniqueConstraint("order_id", "variant_id"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("state IN ('held', 'released', 'handed_over')", name="state"),
        Index("ix_reservations_held", "variant_id", postgresql_where=text("state = 'held'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="RESTRICT"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id", ondelete="RESTRICT"), index=True)
    quantity: Mapped[int]
    state: Mapped[str] = mapped_column(server_default=text("'held'"))
