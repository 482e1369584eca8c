"""What is planned for a time: a sale of a variant, and the day a product is published."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db


class Sale(db.Model):
    """Another price for a while. When it begins it takes the place of the usual one, which is kept here."""

    __tablename__ = "sales"
    __table_args__ = (
        ForeignKeyConstraint(
            ["variant_id", "currency"],
            ["prices.variant_id", "prices.currency"],
            name="fk_sales_variant_id_currency",
            ondelete="CASCADE",
        ),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("ends_at > starts_at", name="times"),
        Index("ix_sales_begin", "starts_at", postgresql_where=text("usual_amount IS NULL")),
        Index("ix_sales_end", "ends_at", postgresql_where=text("usual_amount IS NOT NULL")),
    )

    variant_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    currency: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    usual_amount: Mapped[int | None]
    """What it cost before the sale began; until it began there is none."""
    usual_compare_at: Mapped[int | None]


class Publication(db.Model):
    """When a draft goes on sale by itself."""

    __tablename__ = "publications"

    product_id: Mapped[int] = mapped_column(
        ForeignKey("products.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime] = mapped_column(index=True)
