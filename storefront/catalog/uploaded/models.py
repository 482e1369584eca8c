"""A file that somebody brought to import, how far it has come, and what became of each row."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db

RUNNING = ("rehearsing", "importing")


class Upload(db.Model):
    """One file; only one at a time is rehearsed or imported, and the database sees to it."""

    __tablename__ = "catalog_uploads"
    __table_args__ = (
        CheckConstraint(
            "state IN ('rehearsing', 'rehearsed', 'importing', 'imported', 'stopped', 'failed')", name="state"
        ),
        CheckConstraint("running = (state IN ('rehearsing', 'importing'))", name="running"),
        Index("ix_catalog_uploads_one_at_a_time", "running", unique=True, postgresql_where=text("running")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file: Mapped[str]
    """What it is called among the uploads; nobody can guess it."""
    name: Mapped[str]
    """What it was called where it came from."""
    format: Mapped[str]
    with_stock: Mapped[bool]
    """Whether its counts are taken for choices that the shop knows, too."""
    state: Mapped[str] = mapped_column(server_default=text("'rehearsing'"))
    running: Mapped[bool] = mapped_column(server_default=text("true"))
    head: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    """What was recognised, and which columns nobody reads."""
    total: Mapped[int] = mapped_column(server_default=text("0"))
    """How many rows it has, once they were counted."""
    done: Mapped[int] = mapped_column(server_default=text("0"))
    refused_file: Mapped[str | None]
    """The rows that were refused, to be corrected, among the uploads."""
    trouble: Mapped[str] = mapped_column(server_default=text("''"))
    """Why it could not be read, in the end."""
    actor_kind: Mapped[str]
    actor_id: Mapped[str | None]
    at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    """When somebody read the rehearsal and said yes."""
    finished_at: Mapped[datetime | None]

    @property
    def rehearsed(self) -> bool:
        """Whether what is known of its rows is what would become of them."""
        return self.confirmed_at is None


class UploadLine(db.Model):
    """What became of one row, or would become of it."""

    __tablename__ = "catalog_upload_lines"
    __table_args__ = (Index("ix_catalog_upload_lines_outcome", "upload_id", "rehearsed", "outcome", "row"),)

    upload_id: Mapped[int] = mapped_column(
        ForeignKey("catalog_uploads.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    rehearsed: Mapped[bool] = mapped_column(primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    outcome: Mapped[str]
    subject: Mapped[str]
    told: Mapped[dict[str, Any]]
    """Its changes (field, old, new), its problems (column, reason) and its notes."""
