"""Changes to jobs: run one again, or drop it."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, cast, select, update
from sqlalchemy.dialects import postgresql

from storefront.office.work.tables import JOBS, has_status
from storefront.platform import audit, db
from storefront.platform.errors import Refusal

_STATUS = postgresql.ENUM(name="procrastinate_job_status", create_type=False)
_OTHER = JOBS.alias("other")
_ANOTHER_WAITS = (
    select(_OTHER.c.id)
    .where(has_status("todo", of=_OTHER), _OTHER.c.queueing_lock == JOBS.c.queueing_lock)
    .exists()
)


class NotWaiting(Refusal):
    """The job is being done, is done, or a second one of its kind waits already."""

    code = "job-not-waiting"

    def message(self) -> str:
        return _(
            "This job runs right now, is already done, or another one of its kind waits. Nothing was changed."
        )


@db.retried
def run_again(job_id: int) -> None:
    """Let a job that is parked or waits be done now, with all its tries before it. Raises NotWaiting."""
    parked = has_status("failed") & ~_ANOTHER_WAITS
    with db.transaction():
        _turn(job_id, parked | has_status("todo"), "todo", attempts=0, scheduled_at=None)


@db.retried
def drop(job_id: int) -> None:
    """Never do a job that waits or is parked. Raises NotWaiting."""
    with db.transaction():
        _turn(job_id, has_status("todo", "failed"), "cancelled")


def _turn(job_id: int, allowed: ColumnElement[bool], status: str, **values: Any) -> None:
    here = db.inside()
    found = here.execute(select(JOBS.c.status, JOBS.c.task_name).where(JOBS.c.id == job_id)).first()
    change = update(JOBS).where(JOBS.c.id == job_id, allowed).values(status=cast(status, _STATUS), **values)
    if found is None or not here.execute(change).rowcount:
        raise NotWaiting
    before = {"task": found.task_name, "state": found.status}
    audit.note("jobs", job_id, before, {"task": found.task_name, "state": status}, None)
