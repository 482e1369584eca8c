"""procrastinate's tables as we read them; it owns them, and migrations leave them alone."""

from sqlalchemy import ColumnElement, and_, column, table

JOBS = table(
    "procrastinate_jobs",
    *map(
        column,
        ("id", "queue_name", "task_name", "args", "status", "scheduled_at", "attempts", "queueing_lock"),
    ),
)
EVENTS = table("procrastinate_events", *map(column, ("id", "job_id", "type", "at")))
WORKERS = table("procrastinate_workers", *map(column, ("id", "last_heartbeat")))

STATES: dict[str, ColumnElement[bool]] = {
    "parked": JOBS.c.status == "failed",
    "retrying": and_(JOBS.c.status == "todo", JOBS.c.attempts > 0),
    "waiting": and_(JOBS.c.status == "todo", JOBS.c.attempts == 0),
    "running": JOBS.c.status == "doing",
    "done": JOBS.c.status.in_(("succeeded", "cancelled", "aborted")),
}
"""What staff call the state of a job; the first is what somebody has to do something about."""
COUNTED = ("parked", "retrying", "waiting", "running")
"""All but those that are done, which are many and nobody's worry."""
