"""What a process committed and could not tell, because it died or Valkey was away, the worker tells."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from storefront.config import Settings
from storefront.platform import ROOT, cache, clock, db
from storefront.platform.caching.owed import OwedBump, repeat_bumps
from storefront.platform.caching.shelf import Shelf
from tests.caching.conftest import OwnValkey
from tests.serving import told

DIES = """
import os, signal
from storefront import create_app
from storefront.platform import db
from storefront.platform.caching import changes
changes.bump = lambda *what: os.kill(os.getpid(), signal.SIGKILL)
with create_app().app_context(), db.transaction():
    db.inside().tag("product:7")
"""


def number() -> int:
    """When product 7 was changed last."""
    server = cache.valkey()
    assert server is not None
    return int(server.get("tag:product:7") or 0)


def owed() -> int:
    return db.session.scalar(select(func.count()).select_from(OwedBump)) or 0


def some_time_passes() -> None:
    with db.transaction() as session:
        session.execute(update(OwedBump).values(at=clock.now() - timedelta(seconds=6)))


def change() -> None:
    with db.transaction():
        db.inside().tag("product:7")


def test_what_was_told_is_not_told_again(database: None) -> None:
    change()
    before = number()
    repeat_bumps()
    assert owed() == 1
    some_time_passes()
    repeat_bumps()
    assert (number(), owed()) == (before, 0)
    repeat_bumps()


@pytest.mark.processes
def test_a_process_dies_between_its_commit_and_its_word(database: None, settings: Settings) -> None:
    died = subprocess.run(
        [sys.executable, "-c", DIES], cwd=ROOT, env=os.environ | told(settings), check=False
    )
    assert died.returncode == -signal.SIGKILL
    assert (number(), owed()) == (0, 1)
    some_time_passes()
    repeat_bumps()
    assert number() > 0
    assert owed() == 0


@pytest.mark.processes
def test_while_valkey_is_away_all_stays_owed(shop: Flask, own_valkey: OwnValkey) -> None:
    own_valkey.child.send(signal.SIGSTOP)
    change()
    some_time_passes()
    repeat_bumps()
    assert owed() == 1
    own_valkey.child.send(signal.SIGCONT)


def test_without_valkey_there_is_nobody_to_tell(app: Flask, database: None) -> None:
    with app.app_context():
        assert Shelf(app, None, app.extensions["copies"]).told([1, 2]) == {1, 2}
