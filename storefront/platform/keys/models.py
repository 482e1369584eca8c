"""A key of a program, or the token of a customer's own program."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db

MAX_NAME = 60
MOST_ALIVE = 2
"""So many keys of one name may live at once: the one in use, and the one that takes its place."""


class ApiKey(db.Model):
    """What `sf_<id>_<secret>` stands for."""

    __tablename__ = "api_keys"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest"),
        CheckConstraint("account_id IS NULL OR scopes = '{}'", name="customers_have_no_scopes"),
        Index("ix_api_keys_name", "name", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    """Whose it is, as the audit log says it; keys that follow each other share it."""
    digest: Mapped[str]
    """SHA-256 of the secret, which is random enough that nothing slower is needed."""
    scopes: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    """The customer who may do by it what customers may, and nothing else."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    def standing(self, now: datetime) -> str:
        """Live, expired or revoked."""
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at and self.expires_at <= now else "live"
