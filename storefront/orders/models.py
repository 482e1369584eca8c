"""Orders and what hangs on them: lines, fulfilments, invoices, and the history of their states."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, FetchedValue, ForeignKey, Index, Numeric, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storefront.platform import db

MAX_NAME = 100
MAX_EMAIL = 254
MAX_PHONE = 40
MAX_NOTE = 1000
PEOPLE = (
    "to_tsvector('simple'::regconfig,"
    " translate((name || ' '::text) || email, '@.-_+/'::text, '      '::text))"
)
"""Whose order it is, as staff look for it: by the beginnings of words and of parts of addresses."""
ORDER_MOVES = {
    ("open", "closed"),
    ("open", "cancelled"),
    ("open", "expired"),
    ("expired", "open"),  # The money came late and the goods were still there.
}
FULFILMENT_MOVES = {
    ("waiting", "packed"),
    ("packed", "ready"),
    ("packed", "shipped"),
    ("ready", "delivered"),
    ("shipped", "delivered"),
    ("shipped", "returned"),  # Nobody took it in.
    ("delivered", "returned"),
}


class Order(db.Model):
    """What somebody bought; every amount is a snapshot in minor units of `currency`."""

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'closed', 'cancelled', 'expired')", name="state"),
        CheckConstraint("total >= 0 AND tax >= 0 AND discount >= 0", name="amounts"),
        Index("ix_orders_expires_at", "expires_at", postgresql_where=text("state = 'open'")),
        Index("ix_orders_placed_at", "placed_at", "id"),
        Index("ix_orders_email", text("lower(email)")),
        Index(
            "ix_orders_account_id",
            "account_id",
            "placed_at",
            "id",
            postgresql_where=text("account_id IS NOT NULL"),
        ),
        Index("ix_orders_open", "placed_at", "id", postgresql_where=text("state = 'open'")),
        Index(
            "ix_orders_over",
            "placed_at",
            "id",
            postgresql_where=text("state = ANY (ARRAY['cancelled', 'expired'])"),
        ),
        Index("ix_orders_people", text(PEOPLE), postgresql_using="gin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(
        unique=True, server_default=text("order_number(nextval('order_numbers'))")
    )
    """Short and speakable; sales cannot be counted from it."""
    token: Mapped[str] = mapped_column(unique=True)
    """The unguessable part of the order's address."""
    cart_id: Mapped[int | None] = mapped_column(ForeignKey("carts.id", ondelete="RESTRICT"), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    """Whose account it stands in; null for a guest's."""
    state: Mapped[str] = mapped_column(server_default=text("'open'"))
    currency: Mapped[str]
    prices_include_tax: Mapped[bool]
    name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    locale: Mapped[str]
    note: Mapped[str]
    delivery_method: Mapped[str]
    delivery_address: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    billing_address: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    payment_method: Mapped[str]
    shipping_price: Mapped[int]
    """As shown: with tax if prices include it."""
    shipping_net: Mapped[int]
    shipping_tax: Mapped[int]
    shipping_tax_rate: Mapped[Decimal] = mapped_column(Numeric(5, 4))
    discount: Mapped[int]
    tax: Mapped[int]
    taxes: Mapped[list[dict[str, Any]]]
    """Net and tax by rate: [{"rate": "0.1900", "net": 1000, "tax": 190}], highest rate first."""
    total: Mapped[int]
    placed_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    """Until when an unpaid order holds its stock; null once nothing ends the hold."""

    lines: Mapped[list["OrderLine"]] = relationship(lazy="raise", order_by="OrderLine.position")
    fulfilment: Mapped["Fulfilment"] = relationship(lazy="raise")
    invoice: Mapped["Invoice | None"] = relationship(lazy="raise")


class OrderLine(db.Model):
    """What was bought, as it was on that day; never changed."""

    __tablename__ = "order_lines"
    __table_args__ = (
        UniqueConstraint("order_id", "variant_id"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("unit_price >= 0 AND net >= 0 AND tax >= 0 AND discount >= 0", name="amounts"),
        Index("ix_order_lines_sku", text("lower(sku)")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="RESTRICT"))
    position: Mapped[int]
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id", ondelete="RESTRICT"), index=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id", ondelete="RESTRICT"), index=True)
    sku: Mapped[str]
    title: Mapped[str]
    choice: Mapped[str]
    """The chosen options in words."""
    tracked: Mapped[bool]
    quantity: Mapped[int]
    unit_price: Mapped[int]
    discount: Mapped[int]
    tax_class: Mapped[str]
    tax_rate: Mapped[Decimal] = mapped_column(Numeric(5, 4))
    net: Mapped[int]
    tax: Mapped[int]
    digest: Mapped[str | None] = mapped_column(server_default=FetchedValue())


class StateChange(db.Model):
    """One step of an order, its payment or its fulfilment; never changed."""

    __tablename__ = "state_changes"
    __table_args__ = (
        CheckConstraint("subject IN ('order', 'payment', 'fulfilment')", name="subject"),
        Index("ix_state_changes_subject", "subject", "subject_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="RESTRICT"), index=True)
    subject: Mapped[str]
    subject_id: Mapped[int]
    from_state: Mapped[str | None]
    """Null for the state it was made in."""
    to_state: Mapped[str]
    reason: Mapped[str | None]
    actor_kind: Mapped[str]
    actor_id: Mapped[str | None]
    request_id: Mapped[str | None]
    at: Mapped[datetime]


class Fulfilment(db.Model):
    """How the goods leave: packed, then ready or shipped, then delivered."""

    __tablename__ = "fulfilments"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'packed', 'ready', 'shipped', 'delivered', 'returned')", name="state"
        ),
        Index(
            "ix_fulfilments_packed",
            "order_id",
            postgresql_where=text("state = ANY (ARRAY['packed', 'ready'])"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="RESTRICT"), unique=True)
    state: Mapped[str] = mapped_column(server_default=text("'waiting'"))
    handed_over_at: Mapped[datetime | None]
    """When the goods left the shelf: shipped, or fetched by the customer."""
    carrier: Mapped[str] = mapped_column(server_default=text("''"))
    """Who brings the parcel, in words for the customer."""
    tracking_number: Mapped[str] = mapped_column(server_default=text("''"))
    tracking_url: Mapped[str] = mapped_column(server_default=text("''"))
    """Where the parcel can be followed, as it was on the day it was shipped."""


class Invoice(db.Model):
    """The numbered, immutable document of a sale; its lines are the order's."""

    __tablename__ = "invoices"
    __table_args__ = (
        UniqueConstraint("series", "number"),
        CheckConstraint("number > 0", name="number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="RESTRICT"), unique=True)
    series: Mapped[str]
    """The year in the shop's time zone, such as "2026"."""
    number: Mapped[int]
    issued_at: Mapped[datetime]
    currency: Mapped[str]
    tax: Mapped[int]
    total: Mapped[int]
    seller: Mapped[dict[str, Any]]
    buyer: Mapped[dict[str, Any]]
    digest: Mapped[str | None] = mapped_column(server_default=FetchedValue())

    @property
    def label(self) -> str:
        return f"{self.series}-{self.number:06d}"


class NumberSeries(db.Model):
    """The last number given in a series; locked last of all, because everyone wants it."""

    __tablename__ = "number_series"

    name: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]
