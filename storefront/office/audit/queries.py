"""Questions about the audit log: one page of it, what it tells of an entry, and who is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from storefront.accounts.models import Account, Role
from storefront.office import actors
from storefront.office.audit import names, subjects
from storefront.office.audit.values import MOST, Change, changes
from storefront.office.slices import PAGE, Slice, cut
from storefront.platform import db
from storefront.platform.audit import AuditEntry
from storefront.shop.queries import facts


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
class Line:
    """One entry, with its words."""

    entry: AuditEntry
    who: str
    what: str
    name: str
    """What it is called today, or its number."""
    changes: tuple[Change, ...]

    @property
    def kind(self) -> str:
        """Whether something was made, changed or removed."""
        if self.entry.before is None:
            return "made"
        return "removed" if self.entry.after is None else "changed"


def page(wanted: Wanted, after: int | None = None) -> Slice[Line]:
    """The newest entries that are wanted. Four statements at most."""
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
    who = actors.names((entry.actor_kind, entry.actor_id) for entry in entries)
    called = names.of((entry.subject, entry.subject_id) for entry in entries)
    currency = facts().currency
    return [
        Line(
            entry,
            who[entry.actor_kind, entry.actor_id],
            subjects.said(entry.subject),
            called.get((entry.subject, entry.subject_id), subjects.which(entry)),
            changes(entry, currency, most),
        )
        for entry in entries
    ]
