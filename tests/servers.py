"""Throw-away PostgreSQL and Valkey for the tests, by the launcher that `make run` uses.

One session has one folder and one PostgreSQL (fsync off), whoever of its pytest-xdist workers needs
it first starts it; each worker has a database of its own, copied from a migrated template, and a
Valkey of its own. The session holds a lock on its folder: when it was killed, the next one sees
the lock free, stops what still runs there and sweeps the folder.
"""

import fcntl
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from storefront import create_app
from storefront.config import Settings
from storefront.embedded import place, postgres, valkey
from storefront.embedded.child import Child
from storefront.embedded.place import Place
from storefront.platform import db, migrations
from tests import leftovers

TEMPLATE = "template_shop"
FOLDER = pytest.StashKey[Path]()
_living: list[Child] = []  # outlives the fixtures: a forgotten Popen complains about what still runs
HANDED_ON = "storefront_servers"  # how pytest-xdist's controller tells its workers the folder


class Servers:
    """The session's PostgreSQL and this worker's Valkey, each started when it is first asked for."""

    def __init__(self, folder: Path, worker: str) -> None:
        self.folder = folder
        self.worker = worker
        self._started: list[Child] = []

    @cached_property
    def place(self) -> Place:
        return place.prepare(self.folder)

    def database(self, name: str) -> str:
        """The address of a new database with all tables and no rows; an old one of that name goes."""
        return self._copy(TEMPLATE, name)

    def empty_database(self, name: str) -> str:
        """The address of a new database without tables."""
        return self._copy("template0", name)

    def _copy(self, template: str, name: str) -> str:
        self._start_postgres()
        self.drop(name)
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}"), name, template, postgres.NAME)
        return postgres.address(self.place, name)

    def drop(self, name: str) -> None:
        """Take a database away, whoever still uses it."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), name)

    @contextmanager
    def away(self, name: str) -> Iterator[None]:
        """Nobody reaches a database meanwhile, and whoever was connected is thrown out."""
        self._run(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false"), name)
        try:
            boss = postgres.address(self.place, "postgres", role="postgres")
            with psycopg.connect(boss) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [name]
                )
            yield
        finally:
            self._run(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true"), name)

    def valkey(self) -> str:
        """The address of this worker's own Valkey."""
        name = f"valkey-{self.worker}"
        if not valkey.child(self.place, name).running():
            self._started.append(valkey.start(self.place, name))
        return valkey.address(self.place, name)

    def leave(self) -> None:
        """Stop what only this process uses; a shared PostgreSQL is the controller's to stop."""
        for child in self._started:
            if child.name == "postgres" and self.worker != "main":
                _living.append(child)
            else:
                child.stop()

    def _start_postgres(self) -> None:
        with (self.folder / "start.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not postgres.child(self.place).running():
                self._started.append(postgres.start(self.place, connections=200, durable=False))
                self._make_template()

    def _make_template(self) -> None:
        # Between tests the tables are emptied without their triggers, which only tests may do.
        self._run(sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}"), postgres.NAME)
        self._run(sql.SQL("CREATE DATABASE {} OWNER {}"), "building", postgres.NAME)
        _migrate(postgres.address(self.place, "building"), self.folder)
        self._run(sql.SQL("ALTER DATABASE {} RENAME TO {}"), "building", TEMPLATE)

    def _run(self, statement: sql.SQL, *names: str) -> None:
        boss = postgres.address(self.place, "postgres", role="postgres")
        with psycopg.connect(boss, autocommit=True) as connection:
            connection.execute(statement.format(*map(sql.Identifier, names)))


def _migrate(database_url: str, var: Path) -> None:
    settings = Settings.load(
        {
            "DATABASE_URL": database_url,
            "STOREFRONT_VAR": str(var),
            "STOREFRONT_ENV": "test",
            "REDIS_ENABLED": "0",
        }
    )
    with create_app(settings).app_context():
        migrations.upgrade()
        db.engine().dispose()


def pytest_configure(config: pytest.Config) -> None:
    """The controller makes the session's folder and clears it at the end; its workers are told of it."""
    given: dict[str, Any] = getattr(config, "workerinput", {})
    if HANDED_ON in given:
        config.stash[FOLDER] = Path(given[HANDED_ON])
        return
    held = ExitStack()
    config.stash[FOLDER] = held.enter_context(leftovers.folder())
    config.add_cleanup(held.close)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput[HANDED_ON] = str(node.config.stash[FOLDER])


@pytest.fixture(scope="session")
def servers(request: pytest.FixtureRequest) -> Iterator[Servers]:
    """The session's servers."""
    told: dict[str, str] = getattr(request.config, "workerinput", {})
    servers = Servers(request.config.stash[FOLDER], told.get("workerid", "main"))
    yield servers
    servers.leave()


@pytest.fixture(scope="session")
def database_url(servers: Servers) -> str:
    """A database of this worker's own, with all tables and no rows."""
    return servers.database(f"shop_{servers.worker}")


@pytest.fixture(scope="session")
def valkey_url(servers: Servers) -> str:
    """A Valkey of this worker's own."""
    return servers.valkey()


@pytest.fixture
def var(request: pytest.FixtureRequest) -> Iterator[Path]:
    """An empty data folder with a short path; whatever a test leaves running there is stopped."""
    folder = Path(tempfile.mkdtemp(prefix="var-", dir=request.config.stash[FOLDER]))
    folder.chmod(0o755)
    yield folder
    leftovers.clear(folder)
