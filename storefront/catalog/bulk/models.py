"""A change of many products that somebody confirmed, and how far it has come."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db


class BulkChange(db.Model):
    """What is to happen to which products; each step counts itself in its own transaction."""

    __tablename__ = "bulk_changes"
    __table_args__ = (CheckConstraint("kind IN ('publish', 'archive', 'reprice')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    wish: Mapped[dict[str, Any]]
    product_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    done: Mapped[int] = mapped_column(server_default=text("0"))
    changed: Mapped[int] = mapped_column(server_default=text("0"))
    refused: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'"))
    actor_kind: Mapped[str]
    """Who confirmed it: what the worker does for them is written down as theirs."""
    actor_id: Mapped[str | None]
    request_id: Mapped[str | None]
    at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
