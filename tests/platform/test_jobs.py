"""A job exists exactly if the change that wanted it does, and is done even when its worker is killed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import procrastinate
import pytest
from flask import Flask
from procrastinate.testing import InMemoryConnector
from sqlalchemy import text

from storefront.config import Settings
from storefront.platform import ROOT, acting, db, jobs, working
from tests.closing import hang_up
from tests.mailbox import a_mailbox
from tests.servers import Servers
from tests.shopping import an_order


def waiting() -> list[tuple[str, dict[str, Any]]]:
    db.release()
    rows = db.session.execute(
        text("SELECT task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
    )
    return [(row.task_name, row.args) for row in rows]


def test_a_job_exists_once_the_change_does(database: None) -> None:
    with db.transaction():
        jobs.defer("checkout.confirm", order_id=7)
    assert waiting() == [("checkout.confirm", {"order_id": 7})]


def test_a_job_of_a_change_that_failed_never_existed(database: None) -> None:
    def defer_and_drop() -> None:
        with db.transaction():
            jobs.defer("checkout.confirm", order_id=7)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        defer_and_drop()
    assert waiting() == []


def test_a_job_is_part_of_a_change(database: None) -> None:
    with pytest.raises(RuntimeError, match="part of a change"):
        jobs.defer("checkout.confirm", order_id=7)


def test_a_job_acts_in_its_own_name(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[acting.Actor] = []

    def body(kettle: int) -> None:
        with db.transaction():
            seen.append(db.inside().actor)

    monkeypatch.setitem(jobs.tasks, "kettle.fire", jobs.Task(body))
    jobs.run_now("kettle.fire", kettle=1)
    assert seen == [acting.Actor("job", "kettle.fire")]


def test_a_job_goes_on_in_the_name_of_the_request_that_asked(app: Flask, database: None) -> None:
    seen: list[tuple[str | None, str]] = []

    def body() -> None:
        with db.transaction() as session:
            seen.append((db.inside().request_id, session.scalar(text("SHOW application_name"))))

    db.release()
    job = jobs.body(app, "kettle.fire", body)
    job(request_id="asked-for-by-ada")
    job()
    job()
    (asked, named), *by_the_clock = seen
    assert (asked, named) == ("asked-for-by-ada", "storefront asked-for-by-ada")
    assert len({own for own, _named in by_the_clock}) == 2
    assert all(own and name == f"storefront {own}" for own, name in by_the_clock)


def test_what_comes_by_the_clock_waits_for_no_mail(app: Flask) -> None:
    queue = procrastinate.App(connector=InMemoryConnector())
    for name in ("checkout.expire", "checkout.confirm"):
        working._add(queue, app, name, jobs.tasks[name])
    assert queue.tasks["checkout.expire"].priority > queue.tasks["checkout.confirm"].priority == 0


@contextmanager
def a_worker(settings: Settings, log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process of this test's own."""
    told = {
        "STOREFRONT_ENV": "test",
        "STOREFRONT_VAR": str(settings.storefront_var),
        "DATABASE_URL": settings.database_url,
        "REDIS_ENABLED": "0",
    }
    with log.open("ab") as output:
        worker = subprocess.Popen(
            [sys.executable, "-m", "storefront", "worker"],
            env=os.environ | told | environment,
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield worker
    finally:
        worker.terminate()
        try:
            worker.wait(60)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


def soon(true: Callable[[], bool], log: Path, seconds: float = 80) -> None:
    """Wait until something is true."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, log.read_text(errors="replace")
        time.sleep(0.1)


def one(statement: str) -> Any:
    db.release()
    return db.session.execute(text(statement)).scalar()


@pytest.mark.processes
def test_the_worker_sends_what_is_owed(database: None, settings: Settings, tmp_path: Path) -> None:
    order = an_order()
    with a_mailbox() as mailbox, a_worker(settings, tmp_path / "log", SMTP_URL=mailbox.url):
        soon(
            lambda: one("SELECT state FROM messages WHERE starts_with(dedupe_key, 'order-placed')") == "sent",
            tmp_path / "log",
        )
    assert [letter["To"] for letter in mailbox.letters].count(order.email) == 1
    assert (
        one("SELECT status::text FROM procrastinate_jobs WHERE task_name = 'checkout.confirm'") == "succeeded"
    )


@pytest.mark.processes
def test_what_a_killed_worker_had_begun_is_taken_up_again(
    database: None, settings: Settings, tmp_path: Path
) -> None:
    order = an_order()
    log = tmp_path / "log"
    with a_mailbox(silent=True) as silence, a_worker(settings, log, SMTP_URL=silence.url) as worker:
        soon(lambda: one("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'") >= 1, log)
        worker.kill()
        worker.wait()
    with db.transaction() as session:  # As if half a minute had passed.
        session.execute(text("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'"))
        jobs.defer("jobs.rescue", timestamp=0)  # The clock would ask for it within a minute.
    with a_mailbox() as mailbox, a_worker(settings, log, SMTP_URL=mailbox.url):
        soon(
            lambda: one("SELECT state FROM messages WHERE starts_with(dedupe_key, 'order-placed')") == "sent",
            log,
        )
    assert [letter["To"] for letter in mailbox.letters].count(order.email) == 1


@pytest.mark.processes
def test_a_worker_says_that_it_is_well_and_stops_when_asked(
    database: None, settings: Settings, tmp_path: Path
) -> None:
    with a_worker(settings, tmp_path / "log") as worker:
        soon(lambda: one("SELECT count(*) FROM procrastinate_workers") == 2, tmp_path / "log")
        worker.terminate()
        assert worker.wait(60) == 0
    assert one("SELECT count(*) FROM procrastinate_workers") == 0


@pytest.mark.processes
def test_a_worker_outlives_its_database(
    database: None, servers: Servers, settings: Settings, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with a_mailbox() as mailbox, a_worker(settings, log, SMTP_URL=mailbox.url) as worker:
        soon(lambda: one("SELECT count(*) FROM procrastinate_workers") == 2, log)
        hang_up()
        with servers.away(f"shop_{servers.worker}"):
            soon(lambda: "lost its database" in log.read_text(), log)
        order = an_order()
        soon(
            lambda: one("SELECT state FROM messages WHERE starts_with(dedupe_key, 'order-placed')") == "sent",
            log,
            seconds=60,
        )
        worker.terminate()
        assert worker.wait(20) == 0
    assert [letter["To"] for letter in mailbox.letters].count(order.email) == 1


@pytest.mark.processes
def test_a_job_in_hand_when_the_database_went_is_taken_up_at_once(
    database: None, servers: Servers, settings: Settings, tmp_path: Path
) -> None:
    """Its worker lives and is well: whoever waits for signs of death would wait for more than a minute."""
    log = tmp_path / "log"
    order = an_order()
    with a_mailbox(silent=True) as silence, a_worker(settings, log, SMTP_URL=silence.url):
        soon(lambda: one("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'") >= 1, log)
        hang_up()
        with servers.away(f"shop_{servers.worker}"):
            soon(lambda: "lost its database" in log.read_text(), log)
            silence.closing.set()
        began = time.monotonic()
        tries = "SELECT attempts FROM procrastinate_jobs WHERE task_name = 'checkout.confirm'"
        soon(lambda: one(tries) > 0, log, seconds=60)
        assert time.monotonic() - began < 45
    assert order.email


@pytest.mark.processes
def test_a_worker_without_a_database_says_so(settings: Settings, tmp_path: Path) -> None:
    nowhere = settings.model_copy(update={"database_url": "postgresql://127.0.0.1:1/nowhere"})
    with a_worker(nowhere, tmp_path / "log") as worker:
        assert worker.wait(60) != 0
    assert "Connection refused" in (tmp_path / "log").read_text()
