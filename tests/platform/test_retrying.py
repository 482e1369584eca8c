"""A job that failed comes again: ever later, but soon when only the database was away."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from procrastinate.jobs import Job
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from storefront.platform import clock, db
from storefront.platform.retrying import RETRY

SECOND = timedelta(seconds=1)


def fault_of(failing: Callable[[], object]) -> DBAPIError:
    with pytest.raises(DBAPIError) as found:
        failing()
    return found.value


def told(sql: str) -> Callable[[], object]:
    return lambda: db.session.execute(text(sql))


def pause_after(fault: BaseException, attempts: int) -> timedelta | None:
    """How long a job is left alone that failed so, for the last of so many times."""
    job = Job(queue="default", lock=None, queueing_lock=None, task_name="kettle.fire", attempts=attempts)
    decision = RETRY.get_retry_decision(exception=fault, job=job)
    return decision.retry_at - clock.now() if decision and decision.retry_at else None


def test_a_mail_does_not_wait_an_hour_because_the_database_was_away(database: None) -> None:
    never_there = fault_of(create_engine("postgresql+psycopg://127.0.0.1:1/nowhere").connect)
    thrown_out = fault_of(told("SELECT pg_terminate_backend(pg_backend_pid())"))
    db.release_quietly()
    for fault in (never_there, thrown_out):
        for attempts in (0, 7, 30):
            assert pause_after(fault, attempts) == pytest.approx(3 * SECOND, abs=2 * SECOND)


def test_what_fails_by_itself_comes_ever_later_and_is_parked_at_last(database: None) -> None:
    mistaken = fault_of(told("SELECT 1 / 0"))
    locked = fault_of(told("DO $$BEGIN RAISE SQLSTATE '55P03'; END$$"))
    db.release_quietly()
    for fault in (mistaken, locked, ZeroDivisionError()):
        assert pause_after(fault, 0) == pytest.approx(3 * SECOND, abs=2 * SECOND)
        assert pause_after(fault, 4) == pytest.approx(243 * SECOND, abs=2 * SECOND)
        assert pause_after(fault, 8) is None
