"""Facts: what happened, written in the transaction in which it happened."""

from datetime import datetime
from typing import Any

from sqlalchemy import CTE, BindParameter, ColumnElement, bindparam, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db
from storefront.platform.statements import word


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


ORIGIN = ("actor_kind", "actor_id", "request_id", "at")
"""Who changed something, in which request and when: columns of every table that remembers it."""
_RECORD = insert(db.table(Event)).inline()


def record(name: str, subject: str, data: dict[str, Any] | None = None) -> None:
    """Write a fact down with whoever caused it. Part of a change."""
    db.inside().execute(_RECORD, {"name": name, "subject": subject, "data": data or {}} | origin())


def told(name: str, subject: ColumnElement[str], data: ColumnElement[Any]) -> CTE:
    """The same as a part of a larger statement, which is given the origin."""
    fact = select(word(name), subject, data, *asked())
    return insert(db.table(Event)).from_select(["name", "subject", "data", *ORIGIN], fact).cte("fact")


def asked() -> list[BindParameter[Any]]:
    """What a statement asks for when it remembers the origin."""
    return [bindparam(name, type_=db.table(Event).c[name].type) for name in ORIGIN]


def origin() -> dict[str, Any]:
    """What it is given. Part of a change."""
    here = db.inside()
    return dict(zip(ORIGIN, (here.actor.kind, here.actor.id, here.request_id, here.now), strict=True))
