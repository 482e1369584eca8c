"""The merchant's facts: one typed row."""

from sqlalchemy import CheckConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db


class Shop(db.Model):
    """Who sells, where, in which currency, and on which terms."""

    __tablename__ = "shop"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country"),
        CheckConstraint("delivery_rate >= 0", name="delivery_rate"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    name: Mapped[str]
    legal_name: Mapped[str]
    street: Mapped[str]
    postal_code: Mapped[str]
    city: Mapped[str]
    country: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    vat_id: Mapped[str]
    currency: Mapped[str]
    time_zone: Mapped[str]
    prices_include_tax: Mapped[bool]
    delivery_rate: Mapped[int]
    """The flat price of home delivery, in minor units, shown like the prices (with or plus tax)."""
    delivery_countries: Mapped[list[str]]
    delivery_methods: Mapped[list[str]]
    """Which of drive_through, pickup and home are offered, in the order they are shown."""
    payment_methods: Mapped[list[str]]
    bank_holder: Mapped[str]
    bank_iban: Mapped[str]
    bank_bic: Mapped[str]
    opening_hours: Mapped[str]
    pickup_note: Mapped[str]
    """What to bring when fetching an order."""
    version: Mapped[int] = mapped_column(server_default=text("1"))

    @property
    def address_lines(self) -> list[str]:
        """The legal address as it is written on a letter."""
        return [self.legal_name, self.street, f"{self.postal_code} {self.city}".strip()]
