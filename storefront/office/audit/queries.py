"""Questions about the audit log: one page of it, what it tells of an entry, and who is in it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from storefront.accounts.models import Account, Role
from storefront.office import actors
from storefront.office.audit import subjects
from storefront.office.slices import PAGE, Slice, cut
from storefront.platform import db
from storefront.platform.audit import AuditEntry

MOST = 160  # characters of a value in the list; an entry's own page has all of them


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the log is narrowed by; an empty text or None narrows nothing."""

    kind: str = ""
    actor_id: str = ""
    subject: str = ""
    subject_id: str = ""
    request_id: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def narrowed(self) -> bool:
        return self != Wanted()

    def conditions(self) -> list[ColumnElement[bool]]:
        """The same in SQL."""
        same = {
            AuditEntry.actor_kind: self.kind,
            AuditEntry.actor_id: self.actor_id,
            AuditEntry.subject: self.subject,
            AuditEntry.subject_id: self.subject_id,
            AuditEntry.request_id: self.request_id,
        }
        conditions = [column == value for column, value in same.items() if value]
        if self.since:
            conditions.append(AuditEntry.at >= self.since)
        if self.until:
            conditions.append(AuditEntry.at < self.until)
        return conditions


@dataclass(frozen=True, slots=True)
class Change:
    """One name that differs: what it was, what it is; None where there was nothing."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry, with its words."""

    entry: AuditEntry
    who: str
    what: str
    changes: tuple[Change, ...]

    @property
    def kind(self) -> str:
        """Whether something was made, changed or removed."""
        if self.entry.before is None:
            return "made"
        return "removed" if self.entry.after is None else "changed"


def page(wanted: Wanted, after: int | None = None) -> Slice[Line]:
    """The newest entries that are wanted. Three statements at most."""
    query = select(AuditEntry).where(*wanted.conditions())
    if after is not None:
        query = query.where(AuditEntry.id < after)
    found = db.session.scalars(query.order_by(AuditEntry.id.desc()).limit(PAGE + 1)).all()
    return cut(_lines(found), lambda line: line.entry.id)


def entry(key: int) -> Line | None:
    """One entry, with everything it holds."""
    found = db.session.get(AuditEntry, key)
    return _lines([found], most=None)[0] if found else None


def staff() -> list[tuple[str, str]]:
    """Everybody who works here, by key and name."""
    query = select(Account.id, Account.name, Account.email).where(
        select(Role.name).where(Role.account_id == Account.id).exists()
    )
    return [
        (str(key), name or email) for key, name, email in db.session.execute(query.order_by(Account.name))
    ]


def _lines(entries: Sequence[AuditEntry], most: int | None = MOST) -> list[Line]:
    names = actors.names((entry.actor_kind, entry.actor_id) for entry in entries)
    return [
        Line(
            entry,
            names[entry.actor_kind, entry.actor_id],
            subjects.said(entry.subject),
            _changes(entry.before, entry.after, most),
        )
        for entry in entries
    ]


def _changes(
    before: dict[str, Any] | None, after: dict[str, Any] | None, most: int | None
) -> tuple[Change, ...]:
    was, now = before or {}, after or {}
    return tuple(
        Change(name, _said(was.get(name), most), _said(now.get(name), most)) for name in sorted({*was, *now})
    )


def _said(value: Any, most: int | None) -> str | None:
    """A value as it is read: texts as they are, everything else as JSON writes it."""
    if value is None or value == "":
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if most is None or len(text) <= most else f"{text[:most]}…"
