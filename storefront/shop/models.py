"""The merchant's facts, one typed row, and the pages that the merchant wrote."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db

OURS = {"id", "version", "logo", "page_titles", "closed_at", "closed_until"}
"""What of the shop's row is no fact that somebody types."""

MODERATIONS = ("all", "unverified", "none")


class Shop(db.Model):
    """Who sells, where, in which currency, and on which terms."""

    __tablename__ = "shop"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country"),
        CheckConstraint("delivery_rate >= 0", name="delivery_rate"),
        CheckConstraint("handling_days >= 0 AND return_days >= 0", name="days"),
        CheckConstraint("review_moderation IN ('all', 'unverified', 'none')", name="review_moderation"),
        CheckConstraint("closed_until IS NULL OR closed_at IS NOT NULL", name="closed"),
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
    handling_days: Mapped[int] = mapped_column(server_default=text("2"))
    """Working days until a parcel leaves the house."""
    return_days: Mapped[int] = mapped_column(server_default=text("14"))
    """How long after they have the goods customers may send them back."""
    review_moderation: Mapped[str] = mapped_column(server_default=text("'all'"))
    """Which reviews wait until staff have read them: all, those of unverified buyers, or none."""
    welcome: Mapped[str] = mapped_column(server_default=text("''"))
    """The sentence that stands large on the first page; without one the shop's name does."""
    mail_new_orders: Mapped[bool] = mapped_column(server_default=text("true"))
    mail_low_stock: Mapped[bool] = mapped_column(server_default=text("true"))
    mail_parked_jobs: Mapped[bool] = mapped_column(server_default=text("true"))
    """Of what the shop itself is told by mail."""
    logo: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """A stored picture (file, width, height) in the place of the name."""
    page_titles: Mapped[dict[str, str]] = mapped_column(JSONB, server_default=text("'{}'"))
    """What the merchant's own pages are called, beside the facts because every footer names them."""
    closed_at: Mapped[datetime | None]
    """Since when no orders are taken; the catalog stays. Changed by `close_shop` and `open_shop` alone."""
    closed_until: Mapped[datetime | None]
    """When it opens again by itself; without it somebody has to open it."""
    version: Mapped[int] = mapped_column(server_default=text("1"))

    def is_closed(self, now: datetime) -> bool:
        """Whether orders are refused at that moment."""
        return closed(self.closed_at, self.closed_until, now)

    @property
    def address_lines(self) -> tuple[str, ...]:
        """The legal address as it is written on a letter."""
        return self.legal_name, self.street, f"{self.postal_code} {self.city}".strip()

    @property
    def own_pages(self) -> tuple[tuple[str, str], ...]:
        """Names and titles of the pages that the merchant wrote."""
        return tuple(self.page_titles.items())


def closed(since: datetime | None, until: datetime | None, now: datetime) -> bool:
    """Whether a shop that was closed then, perhaps until then, still is."""
    return since is not None and since <= now and (until is None or now < until)


class Page(db.Model):
    """A page as the merchant wrote it, in the place of ours or beside them."""

    __tablename__ = "pages"
    __table_args__ = (CheckConstraint("name ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="name"),)

    name: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    summary: Mapped[str]
    body: Mapped[str]
    """Markdown in which {{name}} and its like stand for facts of the shop."""
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(server_default=text("1"))
