"""Work for later: rows in PostgreSQL, written in the transaction that wants them, run by the worker."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import ColumnElement, DateTime, Text, bindparam, func, literal_column, null, select
from sqlalchemy.dialects.postgresql import JSONB, array
from sqlalchemy.types import UserDefinedType

from storefront.platform import acting, db, metrics
from storefront.platform.statements import word

DEFAULT, APART = "default", "apart"  # Two lines: a mail never waits behind pictures.
ORIGIN = ("request_id", "trace")  # arguments of every job that a request asked for; its body does without


class _ToDefer(UserDefinedType[Any]):
    """What procrastinate wants to know of a job."""

    cache_ok = True

    def get_col_spec(self, **_how: Any) -> str:
        return "procrastinate_job_to_defer_v1"


def _deferred(line: Any, name: Any, arguments: Any, due: Any) -> ColumnElement[Any]:
    job = func.row(line, name, literal_column("0"), null(), null(), arguments, due).cast(_ToDefer())
    return func.procrastinate_defer_jobs_v1(array([job]))


_DEFER = select(
    _deferred(
        bindparam("line", type_=Text),
        bindparam("name", type_=Text),
        bindparam("args", type_=JSONB),
        bindparam("due", type_=DateTime(timezone=True)),
    )
)


@dataclass(frozen=True, slots=True)
class Task:
    """A job body and, when it runs by the clock, its cron line."""

    body: Callable[..., None]
    cron: str | None = None


tasks: dict[str, Task] = {}
errands: list[Callable[[], None]] = []
"""What the worker knows how to do, and what it looks after."""
running: list[str] = []
"""The jobs that this process has in hand."""


def task(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a job body under the name it is deferred by."""
    return _registering(name, None)


def periodic(name: str, cron: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a job body that the worker runs by the clock."""
    return _registering(name, cron)


def errand(body: Callable[[], None]) -> Callable[[], None]:
    """Register what the worker looks after every few seconds, too often to write a job for each time."""
    errands.append(body)
    return body


def defer(name: str, **arguments: int | str) -> None:
    """Ask for a job, which then exists exactly if this change is committed. Part of a change."""
    _put(DEFAULT, name, arguments)


def defer_apart(name: str, after: timedelta | None = None, **arguments: int | str) -> None:
    """As `defer`, for what takes long and nobody waits for: such jobs stand in a line of their own."""
    _put(APART, name, arguments, db.inside().now + after if after else None)


def deferring(name: str, **arguments: ColumnElement[Any]) -> ColumnElement[Any]:
    """As `defer`, but as a part of a larger statement, which is given the origin."""
    given = arguments | {key: bindparam(key, type_=Text) for key in ORIGIN}
    pairs = [part for key, value in given.items() for part in (word(key), value)]
    told = func.jsonb_strip_nulls(func.jsonb_build_object(*pairs))
    return _deferred(word(DEFAULT), word(name), told, null())


def origin() -> dict[str, str | None]:
    """The request and the trace that a job comes from, as its arguments name them."""
    who = acting.now()
    return {"request_id": who.request_id, "trace": who.trace}


def _put(line: str, name: str, arguments: dict[str, int | str], due: datetime | None = None) -> None:
    given = arguments | {key: value for key, value in origin().items() if value}
    row = {"line": line, "name": name, "args": given, "due": due}
    db.inside().execute(_DEFER, row)


def body(app: Flask, name: str, does: Callable[..., None]) -> Callable[..., None]:
    """What a job does, inside the application, in the name of the request that asked for it."""

    def run(**arguments: Any) -> None:
        arguments.pop("timestamp", None)  # Periodic jobs are handed the tick; ours ask the clock.
        asked = {key: arguments.pop(key, None) for key in ORIGIN}
        asked["request_id"] = asked["request_id"] or acting.new_id()
        with app.app_context(), acting.acting_as(acting.Actor("job", name), **asked), _counted(name):
            does(**arguments)

    return run


@contextmanager
def _counted(name: str) -> Iterator[None]:
    """A monitor sees how long it took, and whether it went well."""
    outcome = "failed"
    running.append(name)
    try:
        with metrics.job_seconds.labels(name).time():
            yield
        outcome = "done"
    finally:
        running.remove(name)
        metrics.jobs_done.labels(name, outcome).inc()


def _registering(name: str, cron: str | None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    def remember(body: Callable[..., None]) -> Callable[..., None]:
        tasks[name] = Task(body, cron)
        return body

    return remember


def run_now(name: str, **arguments: Any) -> None:
    """Run a registered job body here, as the worker would."""
    with acting.acting_as(acting.Actor("job", name)):
        tasks[name].body(**arguments)
