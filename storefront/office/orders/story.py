"""Everything that happened to an order, in the order it happened, in words, and who did it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from storefront.accounts.models import Account
from storefront.office.orders import tidings
from storefront.office.orders.tidings import Tidings
from storefront.orders import queries as orders
from storefront.orders.credit.models import LineReduction
from storefront.orders.notes import of_order
from storefront.payments.refunds.queries import refunds_of
from storefront.platform import db
from storefront.platform.audit import AuditEntry


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the story."""

    kind: str
    """What it was read from; with `id` it tells which lines a page has shown already."""
    id: int
    at: datetime
    actor_kind: str
    actor_id: str | None
    words: str
    more: str = ""
    """A reason, or what a note says."""
    state: str = ""
    """What a step led to, such as fulfilment:packed."""
    by: str = ""


def of(order_id: int, reductions: Sequence[LineReduction], titles: Mapping[int, str]) -> list[Entry]:
    """The whole story of an order; `titles` are those of its lines, by their keys."""
    told: list[tuple[str, Any, Tidings]] = [
        *(
            (f"{step.subject}:{step.to_state}", step, tidings.of_step(step))
            for step in orders.history(order_id)
        ),
        *(("note", note, tidings.of_note(note)) for note in of_order(order_id)),
        *(("refund", refund, tidings.of_refund(refund)) for refund in refunds_of(order_id)),
        *(("line", it, tidings.of_reduction(it, titles[it.order_line_id])) for it in reductions),
        *(("audit", entry, tidings.of_correction(entry)) for entry in _corrections(order_id)),
    ]
    entries = [
        Entry(_kind(what), row.id, row.at, row.actor_kind, row.actor_id, *words, state=what)
        for what, row, words in told
        if words
    ]
    return _named(sorted(entries, key=attrgetter("at")))


def _kind(what: str) -> str:
    return "step" if ":" in what else what


def seen(entries: Iterable[Entry]) -> str:
    """How much of the story a page shows, for its forms to send back: the last line of each kind."""
    last: dict[str, int] = {}
    for entry in entries:
        last[entry.kind] = max(entry.id, last.get(entry.kind, 0))
    return "-".join(f"{kind}.{number}" for kind, number in sorted(last.items()))


def missed(entries: Iterable[Entry], shown: str) -> list[Entry]:
    """What happened since a page showed so much; nothing when no page of ours says so."""
    pairs = [part.partition(".") for part in shown.split("-")] if 0 < len(shown) < 200 else []
    if not all(number.isascii() and number.isdigit() for _kind, _dot, number in pairs) or not pairs:
        return []
    last = {kind: int(number) for kind, _dot, number in pairs}
    return [entry for entry in entries if entry.id > last.get(entry.kind, 0)]


def _corrections(order_id: int) -> Sequence[AuditEntry]:
    about = (AuditEntry.subject == "orders", AuditEntry.subject_id == str(order_id))
    return db.session.scalars(select(AuditEntry).where(*about).order_by(AuditEntry.id)).all()


def _named(entries: list[Entry]) -> list[Entry]:
    """The same with the names of whoever did it."""
    ids = {
        int(e.actor_id) for e in entries if e.actor_kind == "staff" and e.actor_id and e.actor_id.isdigit()
    }
    query = select(Account.id, Account.name).where(Account.id.in_(ids))
    names = {str(row.id): row.name for row in db.session.execute(query)} if ids else {}
    return [replace(entry, by=_who(entry, names)) for entry in entries]


def _who(entry: Entry, names: dict[str, str]) -> str:
    if entry.actor_kind == "staff":
        return names.get(entry.actor_id or "") or _("staff")
    return {
        "visitor": _("the customer"),
        "customer": _("the customer"),
        "key": _("a program"),
        "cli": _("the command line"),
        "job": _("the shop itself"),
    }.get(entry.actor_kind, entry.actor_kind)
