"""procrastinate's tables as we read them; it owns them, and migrations leave them alone."""

from sqlalchemy import ColumnElement, FromClause, and_, column, literal_column, or_, table

JOBS = table(
    "procrastinate_jobs",
    *map(
        column,
        ("id", "queue_name", "task_name", "args", "status", "scheduled_at", "attempts", "queueing_lock"),
    ),
)
EVENTS = table("procrastinate_events", *map(column, ("id", "job_id", "type", "at")))
WORKERS = table("procrastinate_workers", *map(column, ("id", "last_heartbeat")))


def has_status(*names: str, of: FromClause = JOBS) -> ColumnElement[bool]:
    """Written out, so that the partial indexes are found whatever the plan."""
    return or_(*(of.c.status == literal_column(f"'{name}'::procrastinate_job_status") for name in names))


STATES: dict[str, ColumnElement[bool]] = {
    "parked": has_status("failed"),
    "retrying": and_(has_status("todo"), JOBS.c.attempts > 0),
    "waiting": and_(has_status("todo"), JOBS.c.attempts == 0),
    "running": has_status("doing"),
    "done": has_status("succeeded", "cancelled", "aborted"),
}
"""What staff call the state of a job; the first is what somebody has to do something about."""
COUNTED = ("parked", "retrying", "waiting", "running")
"""All but those that are done, which are many and nobody's worry."""
