"""Remove what is older than its kind may be: one list, one job, one line of the log for each kind."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import TextClause, text

from storefront.catalog import sweeping as pictures
from storefront.catalog.searching import actions as searches
from storefront.catalog.uploaded.sweeping import sweep_uploads
from storefront.config import settings
from storefront.platform import clock, db, storage

log = logging.getLogger(__name__)
AT_ONCE = 5_000  # rows of one transaction, so that nobody waits long for its locks


class Unswept(Exception):
    """Some kinds could not be swept; the log says why."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What grows old, after how long, and how it is removed."""

    name: str
    age: timedelta
    remove: Callable[[datetime], int]
    """Everything from before a moment; how much it was."""


def sweep() -> dict[str, int]:
    """Sweep every kind, whatever happens to the others. Raises Unswept at the end."""
    swept, failed = {}, []
    for kind in KINDS:
        try:
            swept[kind.name] = kind.remove(clock.now() - kind.age)
        except Exception:
            log.exception("%s could not be swept", kind.name)
            failed.append(kind.name)
    log.info("swept: %s", ", ".join(f"{number} {name}" for name, number in swept.items()))
    if failed:
        raise Unswept(", ".join(failed))
    return swept


def _rows(table: str, old: str, key: str = "id") -> Callable[[datetime], int]:
    """Rows of a table, some at a time."""
    some = f"SELECT {key} FROM {table} WHERE {old} LIMIT {AT_ONCE}"  # noqa: S608 - every part is ours
    statement = text(f"DELETE FROM {table} WHERE {key} IN ({some}) RETURNING 1")  # noqa: S608 - as above

    def remove(before: datetime) -> int:
        total = 0
        while number := _once(statement, before):
            total += number
        return total

    return remove


@db.retried
def _once(statement: TextClause, before: datetime) -> int:
    with db.transaction() as session:
        return len(session.execute(statement, {"before": before}).all())


def _pictures(before: datetime) -> int:
    return pictures.sweep_pictures(storage.media(), before)


def _letters(before: datetime) -> int:
    """Mails that were written to files, because there is no mail server."""
    folder = settings().storefront_var / "mail"
    old = [one for one in folder.glob("*.eml") if one.stat().st_mtime < before.timestamp()]
    for letter in old:
        letter.unlink(missing_ok=True)
    return len(old)


_DONE = """status IN ('succeeded', 'cancelled', 'aborted') AND NOT EXISTS (
    SELECT FROM procrastinate_events WHERE job_id = procrastinate_jobs.id AND at >= :before)"""

_GONE = "at < :before AND NOT EXISTS (SELECT FROM procrastinate_jobs WHERE id = job_failures.job_id)"

KINDS = (
    Kind("finished jobs", timedelta(days=30), _rows("procrastinate_jobs", _DONE)),
    Kind("failures of jobs that are gone", timedelta(days=1), _rows("job_failures", _GONE)),
    # A form may lie open in a tab for as long as a cart is kept; after that, its order is on the cart.
    Kind("idempotency keys", timedelta(days=60), _rows("idempotency_keys", "created_at < :before", "key")),
    Kind("sessions", timedelta(days=60), _rows("sign_ins", "seen_at < :before")),
    Kind("keys sent by mail", timedelta(days=7), _rows("mailed_keys", "expires_at < :before")),
    Kind("missed searches", timedelta(days=90), searches.forget_missed),
    Kind("orphaned images", pictures.SPARED, _pictures),
    Kind("mails in files", timedelta(days=30), _letters),
    Kind("uploaded catalogs", timedelta(days=30), sweep_uploads),
)
"""Failed jobs stay until somebody has looked; orders, ledger, audit log and events stay for good."""
