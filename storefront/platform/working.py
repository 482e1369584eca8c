"""The worker: runs jobs and errands until told to stop, however often the database goes away meanwhile."""

import asyncio
import logging
import signal
from collections.abc import Callable
from typing import Any, cast

import procrastinate
import psycopg
from flask import Flask
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext

from storefront.config import Settings
from storefront.platform import acting, db, job_failures, jobs, metrics, watched
from storefront.platform.retrying import RETRY

log = logging.getLogger(__name__)
FIRST = 1
"""What comes by the clock waits for nobody: goods are let go of in time, however many mails are owed."""
RHYTHM = 5.0  # seconds between two errands
PAUSE = 1.0  # seconds before the database is looked for again
NOTICED = 5.0  # seconds after which a connection that does not come is not waited for
HOW: dict[str, Any] = {
    "fetch_job_polling_interval": 2.0,
    "shutdown_graceful_timeout": 10,
    "delete_jobs": "never",
    "install_signal_handlers": False,
}


def run(app: Flask, settings: Settings) -> None:
    """Run jobs until told to stop."""
    connector = procrastinate.PsycopgConnector(
        conninfo=settings.libpq_url, min_size=1, max_size=5, timeout=NOTICED
    )
    queue = procrastinate.App(connector=connector)
    for name, entry in jobs.tasks.items():
        _add(queue, app, name, entry)
    _add_care(queue)
    acting.begin(acting.Actor("job"), None)
    with app.app_context(), db.engine().connect():
        pass  # A database that was never there is a mistake to tell of, and nothing to wait for.
    with watched.listening(app, settings):
        asyncio.run(_until_told(queue, app))


async def _until_told(queue: procrastinate.App, app: Flask) -> None:
    told = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, told.set)
    ending = asyncio.create_task(told.wait())
    former = _remembering_workers(queue)
    while not told.is_set():
        work = asyncio.create_task(_work(queue, app, former))
        await asyncio.wait([work, ending], return_when=asyncio.FIRST_COMPLETED)
        work.cancel()
        (end,) = await asyncio.gather(work, return_exceptions=True)
        if isinstance(end, Exception) and not _is_lost(end):
            raise end
        if not told.is_set():
            # A new process would be seconds later, and after six of them nobody starts another.
            log.warning("the worker lost its database, and looks for it again: %s", end)
            await asyncio.wait([ending], timeout=PAUSE)


def _remembering_workers(queue: procrastinate.App) -> list[int]:
    """The numbers under which this process asked for jobs, of every time it found its database."""
    numbers: list[int] = []
    register = queue.job_manager.register_worker

    async def remember() -> int:
        numbers.append(number := await register())
        return number

    queue.job_manager.register_worker = remember  # type: ignore[method-assign]  # Nobody else tells them.
    return numbers


async def _take_up_again(queue: procrastinate.App, former: list[int]) -> None:
    """What this process had in hand when it lost its database: nobody else would for a minute and more.

    A body that still runs, in a thread that nobody can stop, is left to whoever rescues.
    """
    while former and not jobs.running:
        await queue.job_manager.unregister_worker(former.pop())
    await _rescue(queue)


async def _rescue(queue: procrastinate.App) -> None:
    for job in await queue.job_manager.get_stalled_jobs():
        await queue.job_manager.retry_job(job)


async def _work(queue: procrastinate.App, app: Flask, former: list[int]) -> None:
    """Both lines of jobs; what stops one stops the other."""
    async with queue.open_async():
        await _take_up_again(queue, former)
        lines = [
            asyncio.create_task(_run_errands(app)),
            asyncio.create_task(queue.run_worker_async(queues=[jobs.DEFAULT], concurrency=2, **HOW)),
            asyncio.create_task(queue.run_worker_async(queues=[jobs.APART], concurrency=1, **HOW)),
        ]
        try:
            await asyncio.wait(lines, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for line in lines:
                line.cancel()
            ends = await asyncio.gather(*lines, return_exceptions=True)
        for end in ends:
            if isinstance(end, Exception):
                raise end


def _is_lost(error: Exception) -> bool:
    """Whether the database went away, or is not back yet."""
    cause = error.__cause__ if isinstance(error, ConnectorException) else error
    return isinstance(cause, psycopg.OperationalError)


async def _run_errands(app: Flask) -> None:
    while True:
        await asyncio.sleep(RHYTHM)
        for errand in jobs.errands:
            await asyncio.to_thread(_run_errand, app, errand)


def _run_errand(app: Flask, errand: Callable[[], None]) -> None:
    try:
        with app.app_context(), acting.acting_as(acting.Actor("job", errand.__name__), acting.new_id()):
            errand()
    except Exception:
        metrics.errands_failed.labels(errand.__name__).inc()
        log.exception("%s failed; it comes again in %s seconds", errand.__name__, RHYTHM)


def noting(app: Flask, body: Callable[..., None]) -> Callable[..., None]:
    """The same body, and why it failed is written down, for whoever looks after parked jobs."""

    def run(context: JobContext, **arguments: Any) -> None:
        try:
            body(**arguments)
        except Exception as error:
            with app.app_context():
                job_failures.note(cast(int, context.job.id), error)
            raise

    return run


def _add(queue: procrastinate.App, app: Flask, name: str, entry: jobs.Task) -> None:
    body = noting(app, jobs.body(app, name, entry.body))
    first = FIRST if entry.cron is not None else 0
    registered: Any = queue.task(
        name=name, retry=RETRY, queue=jobs.DEFAULT, priority=first, pass_context=True
    )(body)
    if entry.cron is not None:
        queue.periodic(cron=entry.cron)(registered)


def _add_care(queue: procrastinate.App) -> None:
    """What the queue needs for itself: nobody else takes up again what a killed worker had begun."""

    @queue.periodic(cron="* * * * *")
    @queue.task(name="jobs.rescue", queueing_lock="jobs.rescue", priority=FIRST)
    async def rescue(timestamp: int) -> None:  # noqa: ARG001 - periodic tasks are handed the tick
        await _rescue(queue)
