"""A backup is whole or not there, a restore brings everything back, and a drill proves it beforehand."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from psycopg.conninfo import make_conninfo
from sqlalchemy import text

from storefront import create_app
from storefront.config import Settings
from storefront.embedded.trouble import Trouble
from storefront.office import verify
from storefront.office.backups import archive, commands, making, manifest, restoring, tools
from storefront.platform import db, jobs, storage
from tests.characters import a_kettle
from tests.closing import hang_up
from tests.servers import Servers
from tests.shopping import an_order

EMPTY = "empty_shop"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def sold(database: None) -> int:
    """A shop that sold two of five kettles and has a picture; the order's key."""
    order = an_order((a_kettle(5), 2))
    storage.media().save("0123abcd.webp", b"a picture")
    db.release()
    return order.id


@pytest.fixture
def empty_shop(servers: Servers, settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    """A new machine: a database without tables, an empty data folder, the old SECRET_KEY."""
    name = f"{EMPTY}_{servers.worker}"
    address = servers.empty_database(name)
    own = settings.model_dump() | {"database_url": address, "storefront_var": tmp_path / "new"}
    app = create_app(Settings.model_validate(own))
    yield app
    with app.app_context():
        hang_up()
    servers.drop(name)


def say(command: str, *arguments: str | Path) -> Result:
    return CliRunner().invoke(getattr(commands, command), [str(one) for one in arguments])


def test_a_shop_rises_from_its_backup_on_a_new_machine(sold: int, place: Path, empty_shop: Flask) -> None:
    made = making.make(place, keep=3)
    with empty_shop.app_context():
        said = say("restore", made, "--yes")
        assert "storefront verify" in said.output
        assert db.session.scalar(text("SELECT id FROM orders")) == sold
        with storage.media().open("0123abcd.webp") as picture:
            assert picture.read() == b"a picture"
        with verify.snapshot() as connection:
            assert not [found for found in verify.examine(connection) if found.violations]


def test_the_same_shop_goes_back_to_that_moment(sold: int, place: Path, empty_shop: Flask) -> None:
    made = making.make(place, keep=3)
    with empty_shop.app_context():
        restoring.restore(made)
        an_order((a_kettle(5), 1))
        db.release()
        restoring.restore(made)
        assert db.session.scalars(text("SELECT id FROM orders")).all() == [sold]


def test_a_backup_says_what_is_in_it_and_what_is_not(sold: int, place: Path) -> None:
    said = say("backup", "--in", place)
    [made] = making.all_of(place)
    assert said.exit_code == 0
    assert f"{made}: " in said.output
    assert "1 orders, 1 products" in said.output
    assert "no SECRET_KEY" in said.output
    assert made.stat().st_mode & 0o077 == 0
    told = manifest.read(made)
    assert told.totals["on_hand"] == 5
    assert set(told.files) == {making.DATABASE, making.PICTURES}


def test_an_upgrade_is_a_backup_a_migration_and_a_look(
    sold: int, told: Callable[..., None], tmp_path: Path
) -> None:
    told(storefront_var=tmp_path)
    said = say("upgrade")
    assert said.exit_code == 0, said.output
    assert len(making.all_of(tmp_path / "backups")) == 1
    assert said.output.index("1 orders, 1 products") < said.output.index("what must be true")


def test_only_the_newest_stay_and_no_halves(sold: int, place: Path) -> None:
    for name in ("2020-01-01T000000Z", "2021-01-01T000000Z", "2022-01-01T000000Z.half"):
        (place / name).mkdir(parents=True)
        (place / name / manifest.NAME).write_text("{}")
    made = making.make(place, keep=2)
    assert sorted(path.name for path in place.iterdir()) == ["2021-01-01T000000Z", made.name]


def test_two_at_once_do_not_sweep_each_other(sold: int, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill, seen = making._fill, []

    def interrupted(half: Path) -> None:
        """Somebody begins another one in the middle of it."""
        fill(half)
        with pytest.raises(Trouble, match="wait for it"):
            making.make(place, keep=1)
        seen.append(half.is_dir())

    monkeypatch.setattr(making, "_fill", interrupted)
    made = making.make(place, keep=1)
    assert seen == [True]
    assert making.all_of(place) == [made]


def test_every_night_where_it_is_wanted(sold: int, told: Callable[..., None], tmp_path: Path) -> None:
    told(storefront_var=tmp_path)
    asked = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'office.back_up'")
    jobs.run_now("office.nightly")
    assert db.session.scalar(asked) == 0
    db.release()
    told(backup_nightly=True)
    jobs.run_now("office.nightly")
    assert db.session.scalar(asked) == 1
    db.release()
    told(wal_archive=tmp_path / "second")
    jobs.run_now("office.back_up")
    assert len(making.all_of(tmp_path / "backups")) == 1
    assert len(archive.all_of(tmp_path / "second")) == 1


def test_a_drill_restores_beside_the_shop_and_leaves_nothing(sold: int, place: Path) -> None:
    making.make(place, keep=3)
    said = say("drill", "--in", place)
    assert said.exit_code == 0, said.output
    assert "was restored in 0." in said.output
    assert "All is there" in said.output
    scratch = text("SELECT count(*) FROM pg_database WHERE datname LIKE current_database() || '_drill_%'")
    assert db.session.scalar(scratch) == 0


def test_a_drill_tells_what_is_missing_and_what_is_broken(sold: int, place: Path) -> None:
    with db.engine().begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("UPDATE stock SET reserved = 0, on_hand = 4"))
    made = making.make(place, keep=3)
    told = json.loads((made / manifest.NAME).read_text())
    told["totals"]["orders"] = 7
    (made / manifest.NAME).write_text(json.dumps(told))
    said = say("drill", "--in", place)
    assert said.exit_code == 1
    assert "orders: 1 instead of 7" in said.output
    assert "does not hold" in said.output


def test_what_is_damaged_or_of_another_key_is_not_restored(sold: int, place: Path) -> None:
    made = making.make(place, keep=3)
    told = manifest.read(made)
    changed = {
        "another SECRET_KEY": {"key": "another"},
        "a later version": {"revision": "9999"},
        "tables would be left": {"revision": "0001"},
        "is damaged": {"files": {making.DATABASE: {"bytes": 1, "sha256": "0"}}},
        "is no backup": {"files": None},
    }
    whole = (made / manifest.NAME).read_text()
    for words, change in changed.items():
        (made / manifest.NAME).write_text(json.dumps(json.loads(whole) | change))
        with pytest.raises(Trouble, match=words):
            restoring.restore(made)
    assert db.session.scalar(text("SELECT count(*) FROM orders")) == told.totals["orders"]


def test_a_restore_asks_before(sold: int, place: Path) -> None:
    made = making.make(place, keep=3)
    said = CliRunner().invoke(commands.restore, [str(made)], input="n\n")
    assert said.exit_code == 1
    assert "It holds 1 orders" in said.output


def test_what_cannot_be_done_is_one_sentence(sold: int, place: Path, app: Flask) -> None:
    (place.parent / "file").write_text("")
    with pytest.raises(Trouble, match="cannot be written"):
        making.make(place.parent / "file" / "below", keep=3)
    with pytest.raises(Trouble, match="There is no backup yet"):
        commands.drill.main(["--in", str(place)], standalone_mode=False)
    with pytest.raises(Trouble, match="pg_dump failed: .*does not exist"):
        tools.run("pg_dump", make_conninfo(app.config["SETTINGS"].libpq_url, dbname="nowhere"))
