"""The doctor tells every ailment in one line, with its remedy, and a healthy shop that it is well."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import text

from storefront import create_app
from storefront.catalog.searching.actions import count_missed
from storefront.catalog.searching.commands import reindex
from storefront.config import Settings
from storefront.office import commands, doctor
from storefront.office.backups import making
from storefront.office.checkups import database as database_checkups
from storefront.office.checkups import finding, machine, merchant, services
from storefront.office.checkups.symptom import Symptom
from storefront.platform import clock, db, migrations
from storefront.platform.caching.line import Line
from tests.characters import a_kettle
from tests.mailbox import a_mailbox

OURS = "an-operator-s-own-secret-of-32-characters"


def run(statement: str) -> None:
    db.release()
    with db.transaction() as session:
        session.execute(text(statement))


@pytest.fixture
def healthy(database: None) -> None:
    """A shop with everything in place, also a worker."""
    run("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")


def test_a_healthy_shop_is_well(healthy: None) -> None:
    ailing = {subject: symptom for subject, symptom in doctor.examine() if symptom.remedy}
    assert ailing == {}


def test_the_command_has_a_line_for_each_subject_and_succeeds(healthy: None) -> None:
    done = CliRunner().invoke(commands.doctor)
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert [line[7:20].strip() for line in lines] == list(doctor.CHECKUPS)


def test_the_command_fails_naming_the_remedy(database: None) -> None:
    done = CliRunner().invoke(commands.doctor)
    assert done.exit_code == 1
    assert "WRONG  worker        0 alive, 0 jobs due, 0 failed → Start one: storefront worker." in done.output


def test_without_a_database_the_rest_is_still_told(settings: Settings) -> None:
    nowhere = {"database_url": "postgresql://nobody@127.0.0.1:1/none"}
    away = Settings.model_validate(settings.model_dump() | nowhere)
    with create_app(away).app_context():
        symptoms = dict(doctor.examine())
    assert symptoms["PostgreSQL"].remedy == "Start it, or correct DATABASE_URL."
    assert symptoms["worker"].says == "cannot be told without the database"
    assert symptoms["versions"].remedy is None


def test_a_mistake_of_ours_is_told_too(healthy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doctor.CHECKUPS, "disk", lambda: 1 // 0)
    symptoms = dict(doctor.examine())
    assert "division" in symptoms["disk"].says
    assert symptoms["catalog"].remedy is None


@pytest.mark.parametrize(
    ("changes", "remedy"),
    [
        ({"base_url": ""}, "Set BASE_URL to the shop's address"),
        ({"base_url": "http://kiln.example"}, "Set BASE_URL to an https:// address"),
        ({"rate_limit_enabled": False}, "Unset RATE_LIMIT_ENABLED"),
        ({}, None),
    ],
)
def test_production_needs_fitting_settings(
    database: None, told: Callable[..., None], changes: dict[str, Any], remedy: str | None
) -> None:
    good = {"storefront_env": "production", "secret_key": OURS, "base_url": "https://kiln.example"}
    told(**good | changes)
    found = machine.environment().remedy
    assert found is None if remedy is None else remedy in (found or "")


def test_a_full_disk_is_seen(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = SimpleNamespace(total=10 * machine.ROOM, free=0.5 * machine.ROOM)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    assert machine.disk().remedy == "Make room, or move STOREFRONT_VAR."


def test_a_data_folder_that_is_gone_is_seen(database: None, told: Callable[..., None]) -> None:
    told(storefront_var="/nonexistent/var")
    assert "cannot be read" in machine.disk().says


def test_a_shop_that_could_not_be_restored_is_seen(
    database: None, told: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(storefront_var=tmp_path)
    assert machine.backup() == Symptom("none")
    told(storefront_env="production", secret_key=OURS)
    assert machine.backup().remedy == "Run storefront backup every night."
    making.make(making.folder(), keep=1)
    assert machine.backup() == Symptom("the newest is 0 h old")
    later = clock.now() + timedelta(hours=30)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert machine.backup() == Symptom("the newest is 30 h old", "Run storefront backup every night.")


def test_an_old_server_and_too_few_connections_are_seen(
    database: None, told: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    told(web_workers=100)
    assert "max_connections" in (services.postgres().remedy or "")
    monkeypatch.setattr(services, "OLDEST_POSTGRES", 99)
    assert services.postgres().remedy == "Upgrade it to 99 or later."


def test_who_holds_locks_and_does_nothing_is_seen(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    patient = text(str(services._IDLE).replace("30 seconds", "0 seconds"))
    monkeypatch.setattr(services, "_IDLE", patient)
    with db.engine().connect() as idler:
        pid = idler.execute(text("SELECT pg_backend_pid()")).scalar_one()
        assert str(pid) in services.idle_transactions().says
    assert services.idle_transactions().remedy is None


def test_missing_migrations_are_seen(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "pending", lambda: ["0007", "0008"])
    assert database_checkups.migrations().says == "2 missing: 0007, 0008"


def test_a_database_without_a_single_migration_misses_all(database: None) -> None:
    run("ALTER TABLE alembic_version RENAME TO elsewhere")
    try:
        assert migrations.pending()[:2] == ["0001", "0002"]
    finally:
        run("ALTER TABLE elsewhere RENAME TO alembic_version")


def test_a_foreign_key_without_an_index_is_seen(database: None) -> None:
    run("DROP INDEX ix_order_lines_variant_id")
    try:
        assert "fk_order_lines_variant_id" in database_checkups.indexes().says
    finally:
        run("CREATE INDEX ix_order_lines_variant_id ON order_lines (variant_id)")


def test_clocks_that_differ_are_seen(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda now=clock.now: now() - timedelta(seconds=90))
    assert database_checkups.moment().says == "the database is +90.00 s off"


def test_valkey_may_be_away_or_unwanted(database: None, app: Flask, told: Callable[..., None]) -> None:
    away = Line("redis://127.0.0.1:1")
    before = app.extensions["valkey"]
    try:
        app.extensions["valkey"] = away
        assert services.valkey().remedy == "Start it, or correct REDIS_URL."
        app.extensions["valkey"] = None
        assert services.valkey().remedy == "Set REDIS_URL, or REDIS_ENABLED=0 to do without."
        told(redis_enabled=False)
        assert services.valkey().remedy is None
    finally:
        app.extensions["valkey"] = before


def test_failed_jobs_are_seen(healthy: None) -> None:
    run(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
        " VALUES ('default', 'checkout.confirm', 'failed')"
    )
    assert "1 failed" in services.worker().says
    assert services.worker().remedy


def test_late_messages_are_seen(database: None) -> None:
    run(
        "INSERT INTO messages (dedupe_key, recipient, created_at)"
        " VALUES ('a:1', 'a@b.example', now() - interval '1 hour')"
    )
    assert services.mail().remedy == "See the worker."


def test_production_without_a_mail_server_is_seen(database: None, told: Callable[..., None]) -> None:
    told(storefront_env="production", secret_key=OURS)
    assert services.mail().remedy == "Set SMTP_URL: customers get no mail."


def test_the_mail_server_is_called(database: None, told: Callable[..., None]) -> None:
    with a_mailbox() as mailbox:
        told(smtp_url=mailbox.url)
        assert services.mail().remedy is None
    assert services.mail().remedy == "Correct SMTP_URL, or start the mail server."


@pytest.mark.parametrize(
    ("change", "remedy"),
    [
        ("time_zone = 'Mars/Olympus'", "'Mars/Olympus' is none"),
        ("payment_methods = '{cash_on_delivery}'", "cannot be paid"),
        ("delivery_methods = '{}'", "now anything cannot be paid"),
        ("bank_iban = ''", "bank_iban=…"),
    ],
)
def test_facts_that_do_not_fit_are_seen(database: None, change: str, remedy: str) -> None:
    run(f"UPDATE shop SET {change}")
    assert remedy in (merchant.facts().remedy or "")


def test_a_shop_without_a_name_is_seen(database: None) -> None:
    run("DELETE FROM shop")
    assert merchant.facts().remedy == "Run: storefront migrate."
    assert merchant.tax_rates().remedy == (
        "Run: storefront taxes standard=… reduced=… zero=…, with their per cent."
    )


def test_a_missing_tax_rate_is_seen(database: None) -> None:
    run("DELETE FROM tax_rates WHERE tax_class = 'reduced'")
    assert merchant.tax_rates().remedy == "Run: storefront taxes reduced=…, with their per cent."


def test_what_cannot_be_found_is_told(healthy: None) -> None:
    for title in ("Kettle", "Jug", "Vase"):
        a_kettle(title=title)
    count_missed("sofa")
    assert finding.searches().says == "3 products are found, 1 searches in 30 days found nothing"
    assert finding.searches().remedy is None
    run("UPDATE facet_blocks SET members = B'0'::bit(4096)")
    assert finding.searches().remedy == "Run: storefront reindex"
    run("DELETE FROM search_entries WHERE title = 'Jug'")
    run("UPDATE products SET status = 'draft' WHERE title = 'Vase'")
    assert "1 are not found, 1 should not be" in finding.searches().says
    assert finding.searches().remedy == "Run: storefront reindex"
    CliRunner().invoke(reindex)
    assert finding.searches().remedy is None
