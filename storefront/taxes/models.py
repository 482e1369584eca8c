"""What share of a price the state takes, by country and class of goods."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db

CLASSES = ("standard", "reduced", "zero")


class TaxRate(db.Model):
    """A rate such as 0.1900 of a class in a country (ISO 3166 alpha-2)."""

    __tablename__ = "tax_rates"
    __table_args__ = (
        CheckConstraint("rate >= 0 AND rate < 1", name="rate"),
        CheckConstraint("tax_class IN ('standard', 'reduced', 'zero')", name="class"),
    )

    country: Mapped[str] = mapped_column(primary_key=True)
    tax_class: Mapped[str] = mapped_column(primary_key=True)
    rate: Mapped[Decimal] = mapped_column(Numeric(5, 4))
