"""One line in the log for each request: what was asked, how it was answered, and what that took.

It names the view and not the address, which may hold a secret or what somebody looks for.
"""

import sys
from collections.abc import Sequence
from typing import Any

import structlog
from structlog.typing import Processor

from storefront.platform import acting

_writer: Any = None


def begin(processors: Sequence[Processor]) -> None:
    """From now on lines are written, past the common log, which costs several times more."""
    global _writer  # noqa: PLW0603 - one process has one log
    _writer = structlog.wrap_logger(
        structlog.WriteLogger(sys.stderr), processors, cache_logger_on_first_use=True
    ).bind()


def note(method: str, status: int, spent: Any) -> None:
    """A request was answered."""
    if _writer is None:
        return
    more = {"sql": spent.statements, "sql_ms": round(spent.sql * 1000, 1)} if spent.statements else {}
    _writer.info(
        "request",
        method=method,
        route=spent.route or "none",
        status=status,
        ms=round(spent.whole * 1000, 1),
        cache=spent.cache,
        **more,
        **whose(acting.now()),
    )


def whose(who: acting.Acting) -> dict[str, str]:
    """The names of who acts, as a line of the log tells them: what kind of user, never who."""
    said = {"by": who.actor.kind}
    if who.request_id:
        said["request_id"] = who.request_id
    if who.trace:
        said["trace_id"] = who.trace.split("-")[1]
    return said
