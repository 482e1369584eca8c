"""The audit log: what staff, keys and commands changed, from what to what, written in the change itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import has_request_context, request
from sqlalchemy import CTE, Boolean, ColumnElement, FetchedValue, Index, Text, bindparam, insert, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db, events
from storefront.platform.statements import word


class AuditEntry(db.Model):
    """One change of one thing, by whom, in which request and from where; never changed itself."""

    __tablename__ = "audit_log"
    __table_args__ = (
        Index("ix_audit_log_subject", "subject", "subject_id", "id"),
        Index("ix_audit_log_actor", "actor_kind", "actor_id", "id"),
        Index("ix_audit_log_at", "at", "id"),
        Index("ix_audit_log_request_id", "request_id", postgresql_where=text("request_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    """The table it stands in, such as `products`."""
    subject_id: Mapped[str]
    version: Mapped[int | None]
    """Which version of the row this change made, where the row counts its versions."""
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """Only what is different now; null for something new."""
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """The same names as they are now; null for something that is gone."""
    actor_kind: Mapped[str]
    actor_id: Mapped[str | None]
    request_id: Mapped[str | None]
    address: Mapped[str | None]
    at: Mapped[datetime]
    digest: Mapped[str | None] = mapped_column(server_default=FetchedValue())


class WrittenVersion(db.Model):
    """A version of a row that staff or a key made, noted by a trigger: the log must hold it too."""

    __tablename__ = "written_versions"

    subject: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]


_NOTE = insert(db.table(AuditEntry)).inline()


def note(
    subject: str,
    subject_id: int | str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    version: int | None = None,
) -> None:
    """Write down that something was made (`before` is None), changed, or removed (`after` is None).

    Of a change only the names whose values differ are kept; nothing is written when none does and the
    version stayed too. Secrets are never given to it. Values are what JSON can hold. Part of a change.
    """
    if before is not None and after is not None:
        differing = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        if not differing and version is None:
            return
        before = {name: before.get(name) for name in sorted(differing)}
        after = {name: after.get(name) for name in sorted(differing)}
    what = {"subject": subject, "subject_id": str(subject_id), "version": version}
    seen = {"before": before, "after": after, "address": _address()}
    db.inside().execute(_NOTE, what | seen | events.origin())


def noting(subject: str, key: ColumnElement[Any]) -> CTE:
    """That something was made, as a part of a larger statement; it is given `noted` and the origin."""
    log = db.table(AuditEntry)
    row = {
        "subject": word(subject),
        "subject_id": key.cast(Text),
        "after": bindparam("noted", type_=log.c.after.type),
        "address": bindparam("address", type_=Text),
    } | dict(zip(events.ORIGIN, events.asked(), strict=True))
    wanted = bindparam("answerable", type_=Boolean)
    return insert(log).from_select(list(row), select(*row.values()).where(wanted)).cte("noted")


def noted(after: Mapping[str, Any] | None) -> dict[str, Any]:
    """What such a statement is given; None writes nothing down."""
    return {"noted": after, "answerable": after is not None, "address": _address()}


def _address() -> str | None:
    """Where the request came from, behind as many proxies as are trusted; a command comes from nowhere."""
    return request.remote_addr if has_request_context() else None
