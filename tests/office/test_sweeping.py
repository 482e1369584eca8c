"""What is older than its kind may be goes, what is younger stays, and one kind's trouble is not another's."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from storefront.accounts.models import Account, MailedKey, SignIn
from storefront.config import Settings
from storefront.office import sweeping
from storefront.platform import clock, db, jobs
from tests.shopping import an_order

KINDS = {kind.name: kind for kind in sweeping.KINDS}


def count(table: str) -> int:
    db.release()
    return int(db.session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


def age(table: str, column: str, by: timedelta) -> None:
    with db.engine().begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(f"UPDATE {table} SET {column} = {column} - :by"), {"by": by})


def swept_when_old(name: str, table: str, column: str) -> None:
    rows, limit = count(table), KINDS[name].age
    assert rows > 0
    age(table, column, limit - timedelta(hours=1))
    assert sweeping.sweep()[name] == 0
    age(table, column, timedelta(hours=2))
    assert sweeping.sweep()[name] == rows
    assert count(table) == 0


def test_finished_jobs_go_and_failed_ones_stay(database: None) -> None:
    with db.engine().begin() as connection:
        for state in ("succeeded", "failed", "todo"):
            job = (
                "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('default', 'a') RETURNING id"
            )
            number = connection.scalar(text(job))
            for step in dict.fromkeys(("doing", state)) if state != "todo" else ():
                change = text(f"UPDATE procrastinate_jobs SET status = '{step}' WHERE id = :id")
                connection.execute(change, {"id": number})
    age("procrastinate_events", "at", timedelta(days=29))
    assert sweeping.sweep()["finished jobs"] == 0
    age("procrastinate_events", "at", timedelta(days=2))
    assert sweeping.sweep()["finished jobs"] == 1
    assert count("procrastinate_jobs") == 2


def test_keys_of_forms_go_and_their_orders_stay(database: None) -> None:
    an_order()
    swept_when_old("idempotency keys", "idempotency_keys", "created_at")
    assert count("orders") == 1


def test_sessions_and_keys_sent_by_mail_go(database: None) -> None:
    with db.transaction() as session:
        now = clock.now()
        ada = Account(email="ada@example.com", email_key="ada@example.com", name="Ada", created_at=now)
        session.add(ada)
        session.flush()
        session.add(SignIn(account_id=ada.id, key_hash=b"x", began_at=now, seen_at=now, fresh_at=now))
        key = {"purpose": "reset", "salt": "x", "email": ada.email, "created_at": now, "expires_at": now}
        session.add(MailedKey(account_id=ada.id, **key))
    swept_when_old("sessions", "sign_ins", "seen_at")
    swept_when_old("keys sent by mail", "mailed_keys", "expires_at")


def test_letters_in_files_go(database: None, outbox: Path, settings: Settings) -> None:
    for name, days in (("old", 31), ("young", 29)):
        letter = outbox / f"{name}.eml"
        letter.touch()
        then = (clock.now() - timedelta(days=days)).timestamp()
        os.utime(letter, (then, then))
    assert sweeping.sweep()["mails in files"] == 1
    assert [letter.name for letter in outbox.iterdir()] == ["young.eml"]


def test_what_cannot_be_swept_keeps_nobody_else_from_it(
    database: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_before: object) -> int:
        raise ZeroDivisionError

    stuck = sweeping.Kind("stuck", timedelta(0), refuse)
    monkeypatch.setattr(sweeping, "KINDS", (stuck, *sweeping.KINDS))
    with caplog.at_level("INFO", logger=sweeping.log.name), pytest.raises(sweeping.Unswept, match="stuck"):
        jobs.run_now("office.sweep")
    assert "stuck could not be swept" in caplog.text
    assert "0 idempotency keys, 0 sessions" in caplog.text
