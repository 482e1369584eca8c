"""Addresses that lead on to a page of the shop."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db

MAX_PATH = 500


class Redirect(db.Model):
    """Where a path without a page of its own leads."""

    __tablename__ = "redirects"
    __table_args__ = (CheckConstraint("path LIKE '/%' AND target LIKE '/%'", name="ours"),)

    path: Mapped[str] = mapped_column(primary_key=True)
    target: Mapped[str]
    at: Mapped[datetime]
