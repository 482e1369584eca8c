"""The shop comes back as it was at any moment, from a copy and the log in a second place."""

import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select, text

from storefront import create_app
from storefront.config import Settings
from storefront.embedded import place as places
from storefront.embedded import postgres
from storefront.embedded.trouble import Trouble
from storefront.office import measures, verify
from storefront.office.backups import alone, archive, commands
from storefront.orders.models import Order
from storefront.platform import clock, db, migrations
from tests.characters import a_kettle, open_shop
from tests.closing import hang_up
from tests.shopping import an_order

pytestmark = pytest.mark.processes


@pytest.fixture
def second(var: Path) -> Path:
    return var / "second"


@pytest.fixture
def shop(var: Path, second: Path) -> Iterator[Flask]:
    """A shop whose own PostgreSQL hands its log to a second place."""
    where = places.prepare(var / "shop")
    more = postgres.archiving(where, second) | postgres.THROW_AWAY
    server = postgres.start(where, more=more)
    settings = Settings(
        storefront_env="test",
        storefront_var=var / "shop",
        database_url=postgres.address(where),
        redis_enabled=False,
        wal_archive=second,
    )
    app = create_app(settings)
    with app.app_context():
        migrations.upgrade()
        open_shop()
        yield app
        hang_up()
    server.stop()


def say(command: str, *words: str | Path) -> Result:
    return CliRunner().invoke(getattr(commands, command), [str(word) for word in words])


def put_away(app: Flask) -> None:
    """The log up to now is in the second place, as it is five minutes later by itself."""
    boss = postgres.address(places.prepare(app.config["SETTINGS"].storefront_var), "postgres", "postgres")
    with psycopg.connect(boss, autocommit=True) as connection:
        connection.execute("SELECT pg_logical_emit_message(true, 'test', 'something to put away')")
        piece = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
        assert piece
        waiting = "SELECT last_archived_wal >= %s FROM pg_stat_archiver"
        while (found := connection.execute(waiting, piece).fetchone()) is None or not found[0]:
            connection.execute("SELECT pg_sleep(0.05)")


def orders_in(var: Path) -> set[int]:
    """The orders in restored files, whose shop is whole."""
    where = places.prepare(var)
    server = postgres.start(where)
    try:
        own = Settings(
            storefront_env="test",
            storefront_var=var,
            database_url=postgres.address(where),
            redis_enabled=False,
        )
        with create_app(own).app_context():
            with verify.snapshot() as connection:
                assert not [one for one in verify.examine(connection) if one.violations]
            found = set(db.session.scalars(select(Order.id)))
            hang_up()
        return found
    finally:
        server.stop()


def test_the_shop_comes_back_as_it_was_at_a_moment(
    shop: Flask, second: Path, var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kettle = a_kettle(10)
    before = an_order((kettle, 1)).id
    said = say("base_backup")
    assert said.exit_code == 0, said.output
    after = an_order((kettle, 1)).id
    db.release()
    then = clock.now()
    mistake = an_order((kettle, 1)).id
    put_away(shop)

    said = say("restore_to", then.isoformat(), "--into", var / "then", "--archive", second)
    assert said.exit_code == 0, said.output
    assert re.search(r"From \S+Z in 0\.\d minutes; the last change is of 20", said.output)
    assert orders_in(var / "then") == {before, after}

    monkeypatch.setenv("WAL_ARCHIVE", str(second))
    said = say("restore_to", "latest", "--into", var / "latest")
    assert said.exit_code == 0, said.output
    assert orders_in(var / "latest") == {before, after, mistake}
    assert say("restore_to", "latest", "--into", var / "latest").exception is not None


def test_the_oldest_copies_go_and_the_log_that_only_they_needed(shop: Flask, second: Path) -> None:
    for number in range(3):
        made = archive.copy(second, keep=2)
        made.rename(made.with_name(f"2020-01-0{number + 1}T000000.0Z"))
        put_away(shop)
    assert [one.name for one in archive.all_of(second)] == ["2020-01-03T000000.0Z", "2020-01-02T000000.0Z"]
    pieces = set((second / archive.LOG).iterdir())
    newest = archive.copy(second, keep=1)
    assert archive.all_of(second) == [newest]
    left = set((second / archive.LOG).iterdir())
    assert left < pieces | left
    assert min(piece.name[:24] for piece in left) >= archive._first_piece(newest)
    assert archive.newest(second) > 0
    told = {name: value for name, _meaning, _labels, value in measures.backups()}
    assert told["storefront_last_archived_timestamp_seconds"] == archive.newest(second)


def test_what_cannot_be_done_is_one_sentence(shop: Flask, second: Path, var: Path) -> None:
    def refused(*words: str | Path) -> str:
        said = say("restore_to", *words, "--archive", second)
        assert isinstance(said.exception, Trouble), said.output
        return str(said.exception)

    assert "holds no copy that is older" in refused("latest", "--into", var / "new")
    assert "is no moment" in refused("yesterday", "--into", var / "new")
    assert "does not say its time zone" in refused("2026-11-27 14:00", "--into", var / "new")
    archive.copy(second, keep=1)
    put_away(shop)
    assert "does not lead to that moment" in refused("2199-01-01T00:00:00Z", "--into", var / "far")
    assert not (var / "far" / "servers" / "postgres").exists()
    with pytest.raises(Trouble, match="is no copy"):
        archive._first_piece(packed_nothing(second / archive.COPIES / "broken"))


def packed_nothing(folder: Path) -> Path:
    folder.mkdir()
    (folder / "backup_label").write_text("nothing")
    with tarfile.open(folder / archive.FILES, "w:gz") as packed:
        packed.add(folder / "backup_label", "backup_label")
    return folder


def test_without_a_second_place_there_is_no_way_back(app: Flask, database: None, var: Path) -> None:
    said = say("base_backup")
    assert "set WAL_ARCHIVE" in str(said.exception)
    said = say("restore_to", "latest", "--into", var / "new")
    assert "Name it by --archive" in str(said.exception)
    (var / "file").touch()
    with pytest.raises(Trouble, match="cannot be used"):
        postgres.archiving(places.prepare(var / "shop"), var / "file")
    with pytest.raises(Trouble, match="cannot be written"), alone.alone(var / "file" / "below"):
        pass


def test_postgres_can_be_told_of_it_by_a_setting(shop: Flask) -> None:
    assert db.session.scalar(text("SHOW archive_mode")) == "on"
    assert db.session.scalar(text("SHOW archive_library")) == "basic_archive"
