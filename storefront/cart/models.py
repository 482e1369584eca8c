"""A visitor's cart: variants and quantities, and the price that was seen when each was added."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db


class Cart(db.Model):
    """What a visitor means to buy; placing an order closes it."""

    __tablename__ = "carts"
    __table_args__ = (
        Index(
            "uq_carts_account_id",
            "account_id",
            unique=True,
            postgresql_where=text("NOT closed AND account_id IS NOT NULL"),
        ),
        Index("ix_carts_account_id", "account_id", postgresql_where=text("account_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
    """What the visitor's cookie holds: unguessable."""
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    """Whose it is, once somebody who is signed in used it; each has one open cart at most."""
    closed: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime]
    touched_at: Mapped[datetime] = mapped_column(index=True)


class CartLine(db.Model):
    """Some units of one variant."""

    __tablename__ = "cart_lines"
    __table_args__ = (
        UniqueConstraint("cart_id", "variant_id"),
        CheckConstraint("quantity > 0", name="quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cart_id: Mapped[int] = mapped_column(ForeignKey("carts.id", ondelete="CASCADE"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id", ondelete="CASCADE"), index=True)
    quantity: Mapped[int]
    price_seen: Mapped[int]
    """The unit price in minor units when it was last shown, so that a change can be told."""
    added_at: Mapped[datetime]
