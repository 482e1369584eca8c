"""Questions about jobs: how many stand where, one page of them, and everything about one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select

from storefront.office.slices import PAGE, Slice, cut
from storefront.office.work.tables import COUNTED, EVENTS, JOBS, STATES, WORKERS
from storefront.platform import clock, db
from storefront.platform.job_failures import JobFailure
from storefront.platform.jobs import ORIGIN

ALIVE = timedelta(minutes=1)
"""A worker says that often that it is there."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job, and why its last try failed."""

    id: int
    task: str
    line: str
    args: dict[str, Any]
    status: str
    due: datetime | None
    attempts: int
    asked_at: datetime | None
    error: str | None

    @property
    def state(self) -> str:
        """As staff call it."""
        if self.status == "todo":
            return "retrying" if self.attempts else "waiting"
        return {"failed": "parked", "doing": "running"}.get(self.status, "done")

    @property
    def about(self) -> dict[str, Any]:
        """What it was asked to do it with; where it came from is told apart."""
        return {name: value for name, value in self.args.items() if name not in ORIGIN}

    @property
    def request_id(self) -> str | None:
        """The request that asked for it."""
        found: str | None = self.args.get("request_id")
        return found


_ERROR = (
    select(JobFailure.error)
    .where(JobFailure.job_id == JOBS.c.id)
    .order_by(JobFailure.id.desc())
    .limit(1)
    .scalar_subquery()
)
_ASKED = select(func.min(EVENTS.c.at)).where(EVENTS.c.job_id == JOBS.c.id).scalar_subquery()
_JOBS = select(
    JOBS.c.id,
    JOBS.c.task_name,
    JOBS.c.queue_name,
    JOBS.c.args,
    JOBS.c.status,
    JOBS.c.scheduled_at,
    JOBS.c.attempts,
    _ASKED,
    _ERROR,
)


def counts() -> dict[str, int]:
    """How many jobs stand where, of those that are not done."""
    each = [
        select(func.count()).select_from(JOBS).where(STATES[state]).scalar_subquery() for state in COUNTED
    ]
    return dict(zip(COUNTED, db.session.execute(select(*each)).one(), strict=True))


def page(state: str, after: int | None = None) -> Slice[Job]:
    """The newest jobs that stand so."""
    query = _JOBS.where(STATES[state])
    if after is not None:
        query = query.where(JOBS.c.id < after)
    rows = db.session.execute(query.order_by(JOBS.c.id.desc()).limit(PAGE + 1)).all()
    return cut([Job(*row) for row in rows], lambda job: job.id)


def job(key: int) -> Job | None:
    """One job, unless it was done so long ago that it was forgotten."""
    row = db.session.execute(_JOBS.where(JOBS.c.id == key)).first()
    return Job(*row) if row else None


def failures(key: int) -> Sequence[JobFailure]:
    """Every try of a job that ended in an error, last one first."""
    query = select(JobFailure).where(JobFailure.job_id == key).order_by(JobFailure.id.desc())
    return db.session.scalars(query).all()


def events(key: int) -> Sequence[Row[str, datetime]]:
    """What happened to a job."""
    query = select(EVENTS.c.type, EVENTS.c.at).where(EVENTS.c.job_id == key).order_by(EVENTS.c.id)
    return db.session.execute(query).all()


def has_worker() -> bool:
    """Whether a worker was there within the last minute."""
    lately = select(WORKERS.c.id).where(WORKERS.c.last_heartbeat > clock.now() - ALIVE)
    return bool(db.session.scalar(select(lately.exists())))
