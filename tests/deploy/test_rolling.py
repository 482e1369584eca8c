"""A new release, a reload, a migration, all while people are about: nobody is turned away."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

from storefront.catalog.models import Product, Variant
from storefront.embedded.trouble import Trouble
from storefront.platform import db, migrations, revisions
from tests.characters import a_kettle
from tests.deploy.front import Front, Web
from tests.deploy.visitors import Visitors

pytestmark = pytest.mark.processes
MINUTE = 60
EXPAND = '''"""What a release adds first."""

import sqlalchemy as sa
from alembic import op

revision = "tried"
down_revision = "{head}"


def upgrade() -> None:
    op.add_column("products", sa.Column("tried", sa.Text(), nullable=True))
'''


@pytest.fixture
def crowd(database: None, shop_front: Front) -> Visitors:
    kettle = a_kettle(100_000, title="Kettle")
    return Visitors(shop_front, address_of(kettle), kettle.sku)


def address_of(kettle: Variant) -> str:
    product = db.session.get(Product, kettle.product_id)
    assert product is not None
    db.release()
    return f"/products/{product.slug}"


def roll(webs: list[Web]) -> None:
    """As deploy/roll.sh does: one after the other, each when the last one is ready."""
    for web in webs:
        assert web.stop(signal.SIGTERM) == 0
        web.start()


def reload(webs: list[Web]) -> None:
    """Gunicorn's own: new processes, and the old ones end when they have answered."""
    for web in webs:
        assert web.process is not None
        before = children(web.process.pid)
        web.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 60
        while before & children(web.process.pid):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        web.wait_until_ready()


def children(pid: int) -> set[str]:
    return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


@pytest.mark.trial
@pytest.mark.timeout(900)
def test_nobody_is_turned_away_for_a_minute_and_more(crowd: Visitors, webs: list[Web]) -> None:
    until = time.monotonic() + MINUTE
    with crowd.about():
        while time.monotonic() < until:
            roll(webs)
            reload(webs)
    print(f"{sum(crowd.answers.values())} answers, {len(crowd.lost)} lost")
    assert crowd.lost == []


@pytest.fixture
def one_step_more(database: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A release that brings a migration; afterwards the tables are as before."""
    head = migrations.revision()
    versions = tmp_path / "versions"
    versions.mkdir()
    (versions / "tried.py").write_text(EXPAND.format(head=head))
    config = migrations.config

    def longer() -> Any:
        found = config()
        places = (str(revisions.FOLDER / "versions"), str(versions))
        found.set_main_option("version_locations", os.pathsep.join(places))
        return found

    monkeypatch.setattr(migrations, "config", longer)
    yield
    with db.engine().begin() as connection:
        connection.execute(text("ALTER TABLE products DROP COLUMN IF EXISTS tried"))
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": head})


@contextmanager
def somebody_holds(table: str, seconds: float) -> Iterator[None]:
    """A long report, which every ALTER TABLE has to wait for."""
    with db.engine().connect() as connection:
        connection.execute(text(f"LOCK TABLE {table} IN ACCESS SHARE MODE"))
        ending = threading.Timer(seconds, connection.rollback)
        ending.start()
        yield
        ending.join()


@pytest.mark.timeout(300)
def test_a_new_release_with_its_migration_turns_nobody_away(
    crowd: Visitors, webs: list[Web], one_step_more: None
) -> None:
    with crowd.about():
        with somebody_holds("products", seconds=2):
            migrations.upgrade()
        roll(webs)
    assert "tried" in {column["name"] for column in inspect(db.engine()).get_columns("products")}
    assert migrations.revision() == "tried"
    assert crowd.lost == []
    assert min(crowd.answers[200], crowd.answers[303]) > 10


def test_a_migration_that_never_gets_its_lock_says_so(
    one_step_more: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "PAUSES", (0.0,))
    with somebody_holds("products", seconds=8), pytest.raises(Trouble, match="does not get its lock"):
        migrations.upgrade()
