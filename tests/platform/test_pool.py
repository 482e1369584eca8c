"""Connections go to whoever waits longest."""

import threading
import time

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.util.queue import Empty, Full, Queue

from storefront.platform import db
from storefront.platform.pool import WaitingLine

PATIENCE = 10.0


def longest_wait(line: Queue[str]) -> float:
    """How many seconds one of six threads waited that want one of two connections again and again."""
    for connection in ("first", "second"):
        line.put(connection, block=False)
    waited: list[float] = []
    until = time.monotonic() + 1

    def work() -> None:
        while time.monotonic() < until:
            asked = time.monotonic()
            connection = line.get(block=True, timeout=PATIENCE)
            waited.append(time.monotonic() - asked)
            time.sleep(0.001)
            line.put(connection, block=False)

    workers = [threading.Thread(target=work) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return max(waited)


@pytest.mark.race
def test_nobody_is_passed_over() -> None:
    assert longest_wait(WaitingLine(2, use_lifo=True)) < 0.5


@pytest.mark.race
def test_in_sqlalchemys_own_queue_somebody_waits_in_vain() -> None:
    assert longest_wait(Queue(2, use_lifo=True)) > 0.5


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
