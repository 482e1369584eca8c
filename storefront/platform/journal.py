"""What is told of each request: a line in the log, and what a monitor counts of it.

A line names the view and not the address, which may hold a secret or what somebody looks for. Requests
only leave a note; one thread tells of all of them ten times a second, because each write of its own
would let other threads in before the answer, and costs a kept page more than everything else of it.
"""

import atexit
import os
import sys
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from threading import Lock, Thread
from typing import Any

from structlog.typing import EventDict, Processor

from storefront.platform import acting, metrics
from storefront.platform.timing import Spent

PAUSE = 0.1  # seconds
MOST = 100_000  # notes; whoever cannot tell of so many lost them anyway

Note = tuple[float, str, int, Spent, float, acting.Acting]
"""When it was answered, the method, the status, what it took and in all, and who asked."""

_notes: deque[Note] = deque(maxlen=MOST)
_rendering: list[Processor] = []
_telling = Lock()
_pid = 0


def begin(processors: Sequence[Processor]) -> None:
    """From now on each request is a line, too."""
    _rendering[:] = processors


def note(method: str, status: int, spent: Spent) -> None:
    """A request was answered."""
    _notes.append((time.time(), method, status, spent, spent.whole, acting.now()))
    if _pid != os.getpid():
        _begin_telling()


def flush() -> None:
    """Tell of all that has been noted until now."""
    with _telling:
        lines = []
        took: dict[metrics.Answer, list[float]] = {}
        while _notes:
            at, method, status, spent, whole, who = _notes.popleft()
            took.setdefault((method, spent.route, str(status), spent.came), []).append(whole)
            if _rendering:
                lines.append(_line(at, method, status, spent, whole, who))
        metrics.answered(took)
        if lines:
            with suppress(OSError, ValueError):  # Nobody listens any more.
                sys.stderr.write("".join(lines))
                sys.stderr.flush()


def whose(who: acting.Acting) -> dict[str, str]:
    """The names of who acts, as a line of the log tells them: what kind of user, never who."""
    said = {"by": who.actor.kind}
    if who.request_id:
        said["request_id"] = who.request_id
    if who.trace:
        said["trace_id"] = who.trace.split("-")[1]
    return said


def _line(at: float, method: str, status: int, spent: Spent, whole: float, who: acting.Acting) -> str:
    more = {"sql": spent.statements, "sql_ms": round(spent.sql * 1000, 1)} if spent.statements else {}
    said: EventDict = {
        "event": "request",
        "method": method,
        "route": spent.route or "none",
        "status": status,
        "ms": round(whole * 1000, 1),
        "cache": spent.cache,
        **more,
        **whose(who),
        "at": datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z"),
    }
    told: Any = said
    for processor in _rendering:
        told = processor(None, "info", told)
    return f"{told}\n"


def _begin_telling() -> None:
    """A process that was forked has no thread of its own yet."""
    global _pid  # noqa: PLW0603 - one process has one log
    with _telling:
        if _pid == os.getpid():
            return
        _pid = os.getpid()
    Thread(target=_tell, name="journal", daemon=True).start()


def _tell() -> None:
    while True:
        time.sleep(PAUSE)
        flush()


atexit.register(flush)
