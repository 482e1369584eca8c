"""An action that lost a race for locks runs again, whole; one that keeps losing says so politely."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import QueuePool, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from storefront.platform import db
from storefront.platform.errors import Busy


@pytest.fixture
def two_rows(database: None) -> None:
    with db.transaction() as session:
        session.execute(text("INSERT INTO number_series VALUES ('a', 0), ('b', 0)"))


def count(name: str) -> None:
    """Take the next number of a series."""
    db.inside().session.execute(
        text("UPDATE number_series SET last = last + 1 WHERE name = :name"), {"name": name}
    )


def numbers() -> dict[str, int]:
    db.release()
    rows = db.session.execute(text("SELECT name, last FROM number_series ORDER BY name"))
    return {row.name: row.last for row in rows}


def at_once(app: Flask, *work: Callable[[], None]) -> None:
    """Run each piece in a thread of its own, each inside the application."""

    def inside(piece: Callable[[], None]) -> None:
        with app.app_context():
            piece()

    with ThreadPoolExecutor(len(work)) as pool:
        for done in [pool.submit(inside, piece) for piece in work]:
            done.result()


class Crossing:
    """Counts two series in a given order, and waits between them until the other has its first too."""

    def __init__(self) -> None:
        self.both_have_one = threading.Barrier(2)
        self.tries = 0

    def take(self, first: str, second: str) -> None:
        with db.transaction():
            self.tries += 1
            count(first)
            if self.tries <= 2:
                self.both_have_one.wait(5)
            count(second)


@pytest.mark.race
def test_a_deadlock_is_tried_again(app: Flask, two_rows: None) -> None:
    crossing = Crossing()
    take = db.retried(crossing.take)
    at_once(app, lambda: take("a", "b"), lambda: take("b", "a"))
    assert numbers() == {"a": 2, "b": 2}
    assert crossing.tries == 3


@pytest.mark.race
def test_without_a_retry_one_of_two_loses(app: Flask, two_rows: None) -> None:
    crossing = Crossing()
    with pytest.raises(DBAPIError, match="deadlock"):
        at_once(app, lambda: crossing.take("a", "b"), lambda: crossing.take("b", "a"))
    assert numbers() == {"a": 1, "b": 1}


def impatient(tries: list[int]) -> None:
    with db.transaction() as session:
        tries.append(1)
        session.execute(text("SET LOCAL lock_timeout = '10ms'"))
        count("a")


@pytest.mark.race
def test_a_lock_that_never_comes_is_a_polite_no(two_rows: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "PAUSES", (0.001, 0.001, 0.001))
    tries: list[int] = []
    with db.engine().begin() as holder:
        holder.execute(text("UPDATE number_series SET last = 9"))
        with pytest.raises(Busy):
            db.retried(impatient)(tries)
        holder.rollback()
    assert len(tries) == 4
    assert numbers() == {"a": 0, "b": 0}


@pytest.mark.race
def test_a_lock_that_comes_in_time_is_waited_for(two_rows: None) -> None:
    tries: list[int] = []
    with db.engine().begin() as holder:
        holder.execute(text("UPDATE number_series SET last = 9"))
        release = threading.Timer(0.05, holder.rollback)
        release.start()
        db.retried(impatient)(tries)
        release.join()
    assert len(tries) > 1
    assert numbers()["a"] == 1


def test_no_connection_in_time_is_a_polite_no(two_rows: None, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = db.engine().pool
    assert isinstance(pool, QueuePool)
    monkeypatch.setattr(pool, "_timeout", 0.05)
    held = [db.engine().connect() for _ in range(pool.size())]
    try:
        with pytest.raises(Busy):
            db.retried(impatient)([])
    finally:
        for connection in held:
            connection.close()


def test_a_broken_rule_is_not_tried_again(two_rows: None) -> None:
    tries: list[int] = []

    def insert() -> None:
        with db.transaction() as session:
            tries.append(1)
            session.execute(text("INSERT INTO number_series VALUES ('a', 0)"))

    with pytest.raises(IntegrityError):
        db.retried(insert)()
    assert len(tries) == 1
