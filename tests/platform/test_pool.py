"""Connections go to whoever waits longest."""

import threading
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.util.queue import Empty, Full, Queue

from storefront.platform import db
from storefront.platform.pool import WaitingLine


def passed_over(line: Queue[str]) -> bool:
    """Whether somebody who waits is overtaken by who gives a connection back and wants it again."""
    waiter = threading.Thread(target=line.get)
    waiter.start()
    while not somebody_waits(line):
        pass
    line.put("connection", block=False)
    try:
        line.get(block=False)
    except Empty:
        return False
    finally:
        line.put("for the one who was passed over", block=False)
        waiter.join()
    return True


def somebody_waits(line: Queue[str]) -> bool:
    plain: Any = line.not_empty  # Who waits for SQLAlchemy's queue is known to its condition alone.
    with line.mutex:
        return bool(line._line if isinstance(line, WaitingLine) else plain._waiters)


def test_nobody_is_passed_over() -> None:
    assert not any(passed_over(WaitingLine(2, use_lifo=True)) for _ in range(50))


def test_in_sqlalchemys_own_queue_somebody_is() -> None:
    assert any(passed_over(Queue(2, use_lifo=True)) for _ in range(50))


def test_who_does_not_wait_is_told_that_there_is_none() -> None:
    with pytest.raises(Empty):
        WaitingLine(1).get(block=False)


def test_who_waits_too_long_leaves_the_line_to_others() -> None:
    line = WaitingLine(1)
    with pytest.raises(Empty):
        line.get(timeout=0.01)
    line.put("connection", block=False)
    assert line.get(timeout=0.01) == "connection"


def test_a_connection_that_died_in_the_pool_is_replaced_before_a_visitor_notices(
    app: Flask, database: None
) -> None:
    with app.test_request_context():
        assert another_answers_when_one_dies(app)


def test_a_job_does_not_notice_either(app: Flask, database: None) -> None:
    assert another_answers_when_one_dies(app)


def another_answers_when_one_dies(app: Flask) -> bool:
    ours = text("SELECT pg_backend_pid()")
    died = db.session.scalar(ours)
    db.release()
    with psycopg.connect(app.config["SETTINGS"].libpq_url, autocommit=True) as somebody:
        somebody.execute("SELECT pg_terminate_backend(%s, 5000)", [died])
    alive = db.session.scalar(ours)
    db.release()
    return alive not in (None, died)


def test_it_holds_no_more_than_it_should() -> None:
    line = WaitingLine(1)
    line.put("connection", block=False)
    with pytest.raises(Full):
        line.put("one too many", block=False)
