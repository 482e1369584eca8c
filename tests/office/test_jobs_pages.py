"""Charlie looks after the worker's jobs: sees why one is parked, runs it again, or drops it."""

from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from storefront.office import sweeping
from storefront.platform import db, jobs, working
from storefront.platform.audit import AuditEntry
from tests.inspecting import InspectingClient
from tests.people import staff


def a_job(status: str = "failed", attempts: int = 0, lock: str | None = None, **arguments: Any) -> int:
    """A job as the worker left it."""
    with db.transaction() as session:
        jobs.defer("checkout.confirm", **(arguments or {"order_id": 7}))
        key = int(session.scalar(text("SELECT max(id) FROM procrastinate_jobs")) or 0)
    for step in {"todo": (), "doing": ("doing",)}.get(status, ("doing", status)):
        with db.transaction() as session:
            session.execute(
                text(
                    "UPDATE procrastinate_jobs SET status = CAST(:status AS procrastinate_job_status),"
                    " attempts = :attempts, queueing_lock = :lock WHERE id = :id"
                ),
                {"status": step, "attempts": attempts, "lock": lock, "id": key},
            )
    if status == "todo":
        with db.transaction() as session:
            session.execute(
                text(
                    "UPDATE procrastinate_jobs SET attempts = :attempts, queueing_lock = :lock,"
                    " scheduled_at = now() + interval '1 hour' WHERE id = :id"
                ),
                {"attempts": attempts, "lock": lock, "id": key},
            )
    return key


def fail(app: Flask, key: int, sentence: str) -> None:
    """The worker tries it, and it says why it cannot."""

    def body(order_id: int) -> None:
        raise LookupError(f"{sentence} {order_id}")

    with pytest.raises(LookupError):
        working.noting(app, body)(SimpleNamespace(job=SimpleNamespace(id=key)), order_id=7)


def status_of(key: int) -> tuple[str, int]:
    db.release()
    row = db.session.execute(text(f"SELECT status, attempts FROM procrastinate_jobs WHERE id = {key}")).one()
    return row.status, row.attempts


def test_a_parked_job_says_why_and_runs_again(app: Flask, client: InspectingClient) -> None:
    staff(client)
    key = a_job("failed", attempts=8)
    fail(app, key, "nobody knows order")
    page = client.see("/admin/jobs")
    assert "LookupError: nobody knows order 7" in page.text("main")
    assert "No worker runs" in page.text("main")
    one = client.get(f"/admin/jobs/{key}")
    assert "test_jobs_pages.py" in one.document.text(".said")
    assert "order_id = 7" in one.document.text(".facts")
    told = client.follow(client.submit(one, "Run again now"))
    assert told.document.text(".just-done") == "The worker does this job next."
    assert status_of(key) == ("todo", 0)
    assert "run again by hand" in told.document.text(".story")


def test_a_job_that_waits_for_its_next_try_runs_now(client: InspectingClient) -> None:
    staff(client)
    key = a_job("todo", attempts=3)
    assert "due" in client.see("/admin/jobs?state=retrying").text("tbody")
    client.follow(client.submit(client.get(f"/admin/jobs/{key}"), "Run now"))
    assert status_of(key) == ("todo", 0)
    assert "checkout.confirm" in client.see("/admin/jobs?state=waiting").text("tbody")


def test_what_is_dropped_is_never_done_and_written_down(client: InspectingClient) -> None:
    staff(client)
    key = a_job("failed")
    answer = client.follow(client.submit(client.get(f"/admin/jobs/{key}"), "Drop this job"))
    assert answer.document.text(".just-done") == "This job will not be done."
    assert status_of(key)[0] == "cancelled"
    assert "checkout.confirm" in client.see("/admin/jobs?state=done").text("tbody")
    entry = db.session.query(AuditEntry).filter_by(subject="jobs", subject_id=str(key)).one()
    assert (entry.before or {}, entry.after or {}) == ({"state": "failed"}, {"state": "cancelled"})
    assert entry.actor_kind == "staff"


def test_a_running_job_is_left_alone(client: InspectingClient) -> None:
    staff(client)
    key = a_job("doing")
    assert "checkout.confirm" in client.see("/admin/jobs?state=running").text("tbody")
    for way in ("runs", "cancellation"):
        assert client.post(f"/admin/jobs/{key}/{way}").status_code == 409
    assert status_of(key)[0] == "doing"


def test_of_two_that_must_not_wait_together_one_stays_parked(client: InspectingClient) -> None:
    staff(client)
    parked = a_job("failed", lock="sweep")
    a_job("todo", lock="sweep")
    assert client.post(f"/admin/jobs/{parked}/runs").status_code == 409
    assert status_of(parked)[0] == "failed"


def test_a_failure_that_cannot_be_written_down_is_logged(
    app: Flask, database: None, caplog: pytest.LogCaptureFixture
) -> None:
    fail(app, 2**70, "too large a number for")
    assert "could not be written down: LookupError: too large a number for 7" in caplog.text


def test_nothing_needs_charlie(client: InspectingClient) -> None:
    staff(client)
    assert "No job needs you." in client.see("/admin/jobs").text("main")
    assert client.get("/admin/jobs/1").status_code == 404


def test_why_a_job_failed_is_forgotten_with_it(app: Flask, client: InspectingClient) -> None:
    kept, gone = a_job(), a_job()
    for key in (kept, gone):
        fail(app, key, "nobody knows order")
    with db.transaction() as session:
        session.execute(text(f"DELETE FROM procrastinate_jobs WHERE id = {gone}"))
        session.execute(text("UPDATE job_failures SET at = at - interval '2 days'"))
    sweeping.sweep()
    assert db.session.execute(text("SELECT job_id FROM job_failures")).scalars().all() == [kept]
