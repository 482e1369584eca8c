"""One screen tells the operator how the shop does: orders against the usual, errors, what waits for whom."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import text

from storefront.office import measures, rhythm, watch
from storefront.office.status import questions
from storefront.office.status.commands import status
from storefront.platform import clock, db, jobs, noticed
from storefront.shop.actions import close_shop
from tests.characters import a_kettle
from tests.closing import hang_up
from tests.inspecting import InspectingClient
from tests.shopping import an_order

NO_VALKEY = "unix:///nowhere/valkey.sock"
NOWHERE = "postgresql://storefront@/nowhere?host=/nowhere"


def screen() -> str:
    db.release()
    done = CliRunner().invoke(status, catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def line(of: str) -> str:
    return next(one for one in screen().splitlines() if one[2:].startswith(of))


def ages(order: int, by: timedelta) -> None:
    with db.engine().begin() as connection:
        connection.execute(
            text("UPDATE orders SET placed_at = placed_at - :by WHERE id = :id"), {"by": by, "id": order}
        )


def test_orders_are_compared_with_the_usual(database: None) -> None:
    assert "0 in the last hour (nothing to compare with yet), the last one never" in line("Orders")
    kettle = a_kettle(50)
    for week in range(1, 5):
        for _ in range(3):
            ages(an_order((kettle, 1)).id, timedelta(days=7 * week))
    ages(an_order((kettle, 1)).id, timedelta(days=35))
    told = line("Orders")
    assert told.startswith("!")
    assert "0 in the last hour (usually 1.0), the last one 168 h ago" in told
    assert rhythm.read().usual_gap == pytest.approx(3600)
    found = {name: value for name, _meaning, _labels, value in measures.orders()}
    assert found["storefront_usual_order_gap_seconds"] == pytest.approx(3600)
    an_order((kettle, 1))
    assert line("Orders").startswith("  Orders      1 in the last hour")


def test_a_shop_that_is_closed_says_so(database: None) -> None:
    close_shop()
    assert "the shop is closed on purpose" in screen()


def test_mistakes_and_who_was_too_fast_are_counted(app: Flask, client: InspectingClient) -> None:
    assert "0 in the last two hours" in line("Errors")
    assert "nobody was too fast" in line("Too fast")
    for number in range(40):
        client.get(f"/search?q=kettle+{number}", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    noticed.error("cart.add")
    assert line("Errors") == "! Errors      1 in the last two hours: 1 cart.add"
    assert "192.0.2.7 (" in line("Too fast")


def test_who_waits_for_whom_is_told_with_the_requests(database: None) -> None:
    an_order()
    with db.engine().connect() as holder, db.engine().connect() as waiter:
        holder.execute(text("SET LOCAL application_name = 'storefront first-request'"))
        holder.execute(text("UPDATE shop SET version = version + 1"))
        waiter.execute(text("SET LOCAL application_name = 'storefront second-request'"))

        def wait() -> None:
            waiter.execute(text("UPDATE shop SET version = version + 2"))

        waiting = threading.Thread(target=wait)
        waiting.start()
        while not (found := questions.running()):
            db.release()
        told = line("Right now")
        holder.rollback()
        waiting.join()
        waiter.rollback()
    assert found[0].who == "second-request"
    assert "request second-request" in told
    assert "waits for" in told
    assert "storefront first-request" in told


def test_the_slowest_statements_are_named(database: None) -> None:
    said = screen()
    assert " ms × " in said
    assert len(said.splitlines()) < 25


def test_the_oldest_job_names_its_request(database: None) -> None:
    assert "none is due; 0 failed" in line("Jobs")
    with db.engine().begin() as connection:
        connection.execute(
            text(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args, scheduled_at)"
                " VALUES ('default', 'checkout.confirm', 'todo', '{\"request_id\": \"abcd1234\"}',"
                " now() - interval '10 minutes'), ('default', 'a', 'failed', '{}', now())"
            )
        )
    told = line("Jobs")
    assert told.startswith("! Jobs")
    assert (
        "the oldest, checkout.confirm, is due since 10 min, asked for by request abcd1234; 1 failed" in told
    )


def test_pictures_may_take_their_time(database: None) -> None:
    with db.engine().begin() as connection:
        connection.execute(
            text(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args, scheduled_at)"
                " VALUES ('apart', 'catalog.render_image', 'doing', '{}', now() - interval '20 minutes'),"
                " ('default', 'checkout.confirm', 'todo', '{}', now() - interval '4 minutes')"
            )
        )
    told = line("Jobs")
    assert not told.startswith("!")
    assert "the oldest, checkout.confirm, is due since 4 min; 0 failed" in told
    with db.engine().begin() as connection:
        connection.execute(
            text("UPDATE procrastinate_jobs SET scheduled_at = now() - interval '3 h' WHERE status = 'doing'")
        )
    assert "! Jobs        the oldest, catalog.render_image, is due since 3 h and is being done" in line(
        "Jobs"
    )


def test_the_screen_comes_without_valkey_and_without_the_database(another_app: Callable[..., Flask]) -> None:
    with another_app(redis_url=NO_VALKEY).app_context():
        assert "cannot be told without Valkey" in screen()
        noticed.error("cart.add")
        hang_up()
    with another_app(redis_url="", redis_enabled=False).app_context():
        noticed.error("cart.add")
        assert noticed.errors() is None
        hang_up()
    with another_app(database_url=NOWHERE).app_context():
        assert line("Orders") == "! Orders      cannot be told without the database"
        assert list(measures.orders()) == []


def test_a_violation_is_seen_by_the_monitor(
    database: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watch, "_seen", {})
    assert list(watch.found()) == []
    jobs.run_now("office.verify")
    told = {name: value for name, _meaning, _labels, value in watch.found()}
    assert told["storefront_violations"] == 0
    assert told["storefront_verified_timestamp_seconds"] == pytest.approx(clock.now().timestamp(), abs=60)
    an_order()
    with db.engine().begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("UPDATE stock SET reserved = 0"))
    assert watch.look() > 0
    assert "I3 does not hold" in caplog.text


def test_rooms_are_measured(database: None, told: Callable[..., None], tmp_path: Path) -> None:
    told(storefront_var=tmp_path, wal_archive=tmp_path)
    found = {(name, labels.get("place")): value for name, _meaning, labels, value in measures.disks()}
    assert found["storefront_disk_free_bytes", "data"] > 0
    assert found["storefront_disk_size_bytes", "archive"] >= found["storefront_disk_free_bytes", "archive"]
    assert ("storefront_disk_free_bytes", "backups") not in found
    assert [value for _name, _meaning, _labels, value in measures.backups()] == [0.0, 0.0]
