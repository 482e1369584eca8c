"""What a customer says of a product: one review of each product, read by staff before others see it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db

STATES = ("pending", "published", "rejected")
MOST_STARS = 5
MAX_TITLE = 100
MIN_TEXT, MAX_TEXT = 10, 1000
MAX_AUTHOR = 60
MAX_REASON = 500


class Review(db.Model):
    """Stars, a title and some sentences; who wrote them is told by the name they chose."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("account_id", "product_id"),
        CheckConstraint(f"rating BETWEEN 1 AND {MOST_STARS}", name="rating"),
        CheckConstraint(f"char_length(title) BETWEEN 1 AND {MAX_TITLE}", name="title"),
        CheckConstraint(f"char_length(text) BETWEEN {MIN_TEXT} AND {MAX_TEXT}", name="text"),
        CheckConstraint("state IN ('pending', 'published', 'rejected')", name="state"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published_at"),
        CheckConstraint("(state = 'rejected') = (reason <> '')", name="reason"),
        Index(
            "ix_reviews_newest",
            *("product_id", "published_at", "id"),
            postgresql_where=sql("state = 'published'"),
        ),
        Index("ix_reviews_stars", "product_id", "rating", "id", postgresql_where=sql("state = 'published'")),
        Index("ix_reviews_product_id", "product_id"),
        Index("ix_reviews_queue", "state", "changed_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="RESTRICT"))
    """Whose it is; null once they wished to be forgotten."""
    author: Mapped[str]
    """The name it is shown with; empty once they wished to be forgotten."""
    rating: Mapped[int]
    title: Mapped[str]
    text: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=sql("'pending'"))
    reason: Mapped[str] = mapped_column(server_default=sql("''"))
    """Why it was rejected, in words for its author."""
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    """When its author wrote it last."""
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default=sql("1"))
