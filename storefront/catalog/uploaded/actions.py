"""Take a file in, have it imported, stop it, and write down how far the worker has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.exc import IntegrityError

from storefront.catalog.importing.report import Line
from storefront.catalog.uploaded import queries
from storefront.catalog.uploaded.models import RUNNING, Upload, UploadLine
from storefront.catalog.uploaded.refusals import NotNow, OneAtATime
from storefront.platform import audit, db, jobs

JOB = "catalog.run_upload"
SUBJECT = "catalog_uploads"
MOST_SHOWN = 200  # letters of a value in the report; a description may have 50,000


@dataclass(frozen=True, slots=True)
class TakeIn:
    """A stored file, what it was called, whose it is, and whether its counts are meant."""

    file: str
    name: str
    format: str
    with_stock: bool


@db.retried
def take_in(wish: TakeIn) -> int:
    """Have it rehearsed; returns the id to follow it by. Raises OneAtATime."""
    with db.transaction() as session:
        here = db.inside()
        row = {"file": wish.file, "name": wish.name, "format": wish.format, "with_stock": wish.with_stock}
        who = {"actor_kind": here.actor.kind, "actor_id": here.actor.id, "at": here.now}
        try:
            upload_id: int = session.execute(
                insert(Upload).values(**row, **who).returning(Upload.id)
            ).scalar_one()
        except IntegrityError:
            raise OneAtATime from None
        audit.note(SUBJECT, upload_id, None, {"file": wish.name, "stock": wish.with_stock})
        jobs.defer_apart(JOB, upload_id=upload_id)
        return upload_id


@db.retried
def confirm(upload_id: int) -> None:
    """What was rehearsed is to happen. Raises NotNow, or OneAtATime."""
    with db.transaction():
        now = db.inside().now
        try:
            _become(upload_id, ("rehearsed",), "importing", done=0, confirmed_at=now, refused_file=None)
        except IntegrityError:
            raise OneAtATime from None
        audit.note(SUBJECT, upload_id, {"state": "rehearsed"}, {"state": "importing"})
        jobs.defer_apart(JOB, upload_id=upload_id)


@db.retried
def stop(upload_id: int) -> None:
    """Go no further with it; what was imported stays. Raises NotNow."""
    with db.transaction():
        _become(upload_id, RUNNING, "stopped", finished_at=db.inside().now)
        audit.note(SUBJECT, upload_id, {"running": True}, {"running": False})


@db.retried
def begin(upload_id: int, head: Sequence[str], total: int) -> None:
    """The worker has read it."""
    with db.transaction() as session:
        told = {"head": list(head), "total": total, "done": 0}
        session.execute(update(Upload).where(Upload.id == upload_id).values(**told))


@db.retried
def report(upload_id: int, lines: Sequence[Line], done: int, *, rehearsed: bool) -> bool:
    """Write down what became of some rows, unless it is known already; whether to go on."""
    with db.transaction() as session:
        still = update(Upload).where(Upload.id == upload_id, Upload.running).values(done=done)
        if session.execute(still.returning(Upload.id)).first() is None:
            return False
        rows = [_row(upload_id, line, rehearsed=rehearsed) for line in lines]
        if rows:
            session.execute(insert_or(UploadLine).on_conflict_do_nothing(), rows)
        return True


@db.retried
def finish(upload_id: int, refused_file: str | None) -> None:
    """All rows had their turn."""
    with db.transaction() as session:
        found = session.get_one(Upload, upload_id)
        before = found.state
        after = {"rehearsing": "rehearsed", "importing": "imported"}.get(before, before)
        counted = queries.counts(upload_id, rehearsed=found.rehearsed)
        found.refused_file = refused_file
        found.state, found.running = after, False
        found.finished_at = found.finished_at or db.inside().now
        if before == "importing":
            audit.note(SUBJECT, upload_id, {"state": before}, {"state": after, **counted})


@db.retried
def fail(upload_id: int, trouble: str) -> None:
    """It cannot be read after all."""
    with db.transaction():
        _become(upload_id, RUNNING, "failed", trouble=trouble, finished_at=db.inside().now)


def _become(upload_id: int, before: tuple[str, ...], after: str, **more: Any) -> None:
    """Part of a change. Raises NotNow unless it is in one of these states."""
    values = {"state": after, "running": after in RUNNING, **more}
    moved = update(Upload).where(Upload.id == upload_id, Upload.state.in_(before)).values(**values)
    if db.inside().session.execute(moved.returning(Upload.id)).first() is None:
        raise NotNow


def _row(upload_id: int, line: Line, *, rehearsed: bool) -> dict[str, Any]:
    told = {
        "changes": [[_short(part) for part in (one.field, one.old, one.new)] for one in line.changes],
        "problems": [[_short(one.column), _short(one.reason)] for one in line.problems],
        "notes": [_short(note) for note in line.notes],
    }
    key = {"upload_id": upload_id, "rehearsed": rehearsed, "row": line.row}
    return key | {"outcome": line.outcome.value, "subject": _short(line.subject), "told": told}


def _short(text: str) -> str:
    """As much as a report shows, without what no database keeps."""
    text = " ".join(text.replace("\0", "").encode("utf-8", "replace").decode().split())
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"
