"""What PostgreSQL knows of right now: what is slow, who waits for whom, which job is the oldest."""

import re
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storefront.platform import db

SHOWN = 5
LONG = 70  # letters of a statement that are shown
_RUNNING = text("""
    SELECT pid, application_name AS who, extract(epoch FROM now() - query_start) AS seconds,
        coalesce(wait_event_type, '') AS waits, left(query, 400) AS said,
        (SELECT string_agg(other.pid || ' ' || other.application_name, ', ' ORDER BY other.pid)
         FROM pg_stat_activity AS other WHERE other.pid = ANY (pg_blocking_pids(pg_stat_activity.pid))) AS by
    FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
        AND state = 'active' AND (query_start < now() - interval '1 second' OR wait_event_type = 'Lock')
    ORDER BY query_start LIMIT :most
""")
_SLOWEST = text("""
    SELECT calls, mean_exec_time AS ms, total_exec_time / 1000 AS seconds, left(query, 400) AS said
    FROM pg_stat_statements JOIN pg_database ON pg_database.oid = dbid
    WHERE datname = current_database() AND calls > 1
    ORDER BY mean_exec_time DESC LIMIT :most
""")
_JOBS = text("""
    WITH due AS (
        SELECT task_name AS name, coalesce(args ->> 'request_id', '') AS who, status = 'doing' AS begun,
            CASE queue_name WHEN 'apart' THEN 7200 ELSE 300 END AS patience,
            extract(epoch FROM now() - coalesce(scheduled_at, (
                SELECT min(at) FROM procrastinate_events WHERE job_id = procrastinate_jobs.id))) AS seconds
        FROM procrastinate_jobs
        WHERE status = 'doing' OR status = 'todo' AND coalesce(scheduled_at, now()) <= now()
    )
    SELECT name, who, begun, seconds, seconds > patience AS late FROM due
    ORDER BY seconds / patience DESC LIMIT 1
""")
_FAILED = text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")


@dataclass(frozen=True, slots=True)
class Running:
    """A statement that takes long or waits, with the request it belongs to."""

    pid: int
    who: str
    seconds: float
    waits: str
    said: str
    by: str
    """Whom it waits for: their pids and requests."""


@dataclass(frozen=True, slots=True)
class Slow:
    """A statement that takes long each time."""

    calls: int
    ms: float
    seconds: float
    said: str


@dataclass(frozen=True, slots=True)
class Oldest:
    """The job that waits longest, or is being done."""

    name: str
    who: str
    seconds: float
    begun: bool
    late: bool


def running() -> list[Running]:
    """Statements at work for more than a second, or behind a lock."""
    rows = db.session.execute(_RUNNING, {"most": SHOWN})
    return [
        Running(row.pid, request_of(row.who), float(row.seconds), row.waits, short(row.said), row.by or "")
        for row in rows
    ]


def slowest() -> list[Slow] | None:
    """By their mean; None where pg_stat_statements is not at work."""
    try:
        rows = db.session.execute(_SLOWEST, {"most": SHOWN}).all()
    except DBAPIError:
        db.session.rollback()
        return None
    return [Slow(row.calls, row.ms, row.seconds, short(row.said)) for row in rows]


def oldest_job() -> Oldest | None:
    """The one that is due longest for its kind; pictures and imports may wait for two hours."""
    row = db.session.execute(_JOBS).first()
    return Oldest(row.name, row.who, float(row.seconds or 0), row.begun, bool(row.late)) if row else None


def failed_jobs() -> int:
    """Those that somebody has to look at."""
    return int(db.session.scalar(_FAILED) or 0)


def request_of(application: str) -> str:
    """The request's id in a connection's name, or the name of whoever else it is."""
    return application.removeprefix("storefront ").strip() or "?"


def short(statement: str) -> str:
    """Its beginning, on one line."""
    line = re.sub(r"\s+", " ", statement).strip()
    return line if len(line) <= LONG else f"{line[: LONG - 1]}…"
