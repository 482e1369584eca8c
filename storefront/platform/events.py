"""Facts: what happened, written in the transaction in which it happened."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db


class Event(db.Model):
    """One fact, such as `order.placed` about `order:12`; others read this table, nobody is called."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    subject: Mapped[str]
    data: Mapped[dict[str, Any]]
    actor_kind: Mapped[str]
    actor_id: Mapped[str | None]
    request_id: Mapped[str | None]
    at: Mapped[datetime]


_RECORD = insert(db.table(Event)).inline()


def record(name: str, subject: str, data: dict[str, Any] | None = None) -> None:
    """Write a fact down with whoever caused it. Part of a change."""
    here = db.inside()
    here.execute(
        _RECORD,
        {
            "name": name,
            "subject": subject,
            "data": data or {},
            "actor_kind": here.actor.kind,
            "actor_id": here.actor.id,
            "request_id": here.request_id,
            "at": here.now,
        },
    )
