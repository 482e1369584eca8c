"""A shop that a crowd can run into: its own database, gunicorn before it, and somebody who watches."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import Flask
from sqlalchemy import text

from storefront.office import verify
from storefront.platform import db
from tests import characters
from tests.races import crowd
from tests.races.wire import Answer, Request
from tests.serving import LiveServer
from tests.sweeping import sweep

_IDLE = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND state LIKE 'idle in transaction%' AND pid <> pg_backend_pid()"
)
_SHOPS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name = 'storefront' AND client_port IS NOT NULL AND pid <> pg_backend_pid()"
)
_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
_DEADLOCKS = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")


@dataclass
class Town:
    """A shop with a crowd before its door; tests stand inside its application."""

    app: Flask
    server: LiveServer
    looking: threading.Lock = field(default_factory=threading.Lock)
    """Held by the watcher as long as it looks."""

    def rush(self, requests: Iterable[Request]) -> list[Answer]:
        """All at once; more than one process must have answered."""
        answers = crowd.rush(self.server.url, requests)
        assert len({answer.headers.get("x-process") for answer in answers} - {None}) > 1
        return answers

    def send(self, request: Request) -> Answer:
        """One request alone."""
        return crowd.rush(self.server.url, [request])[0]

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Kiln & Common with empty shelves; at the end nobody may sit idle in a transaction."""
        with self.app.app_context():
            sweep(db.engine())
            characters.open_shop()
            yield
            db.release()
            until(nobody_idles_in_transaction, patience=5)  # Sooner than PostgreSQL would end it.

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Ask all the time, and once more at the end, whether everything is as it must always be."""
        over = threading.Event()
        wrong: list[str] = []
        watcher = threading.Thread(target=self._watch, args=(over, wrong))
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()
        assert wrong == []
        assert violations() == []

    def _watch(self, over: threading.Event, wrong: list[str]) -> None:
        with self.app.app_context():
            while not over.wait(0.5):
                with self.looking:
                    wrong.extend(violations())


def violations() -> list[str]:
    """Every invariant that does not hold this moment, with the rows that break it."""
    with verify.snapshot() as connection:
        return [
            f"{found.invariant.code}: {found.rows}"
            for found in verify.examine(connection)
            if found.violations
        ]


def deadlocks(town: Town) -> int:
    """How many PostgreSQL has seen in this database, after all connections told what they counted."""
    town.rush(crowd.post("/-/hang-ups", {}) for _ in range(20))
    with town.looking:  # Or the watcher's connection would be left open, and then be counted.
        db.release()
        db.engine().dispose()
        with db.engine().connect() as connection:
            until(lambda: not connection.scalar(_SHOPS))
            return int(connection.scalar(_DEADLOCKS) or 0)


def somebody_waits() -> bool:
    """Whether a connection to this database waits for a lock."""
    with db.engine().connect() as connection:
        return bool(connection.scalar(_WAITING))


def until(so: Callable[[], bool], patience: float = 20) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + patience
    while not so():
        assert time.monotonic() < deadline, f"{so.__name__}: not within {patience} s"
        time.sleep(0.02)


def nobody_idles_in_transaction() -> bool:
    """Whether no connection sits in a transaction and does nothing."""
    with db.engine().connect() as connection:
        return not connection.scalar(_IDLE)


@contextmanager
def lingering(table: str, seconds: float, when: str = "AFTER UPDATE") -> Iterator[None]:
    """Let every change of a table's rows take a little longer, so that others come in between."""
    _change(
        "CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN PERFORM pg_sleep({seconds}); RETURN NULL; END $$",
        f"CREATE TRIGGER linger {when} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION linger()",
    )
    try:
        yield
    finally:
        _change("DROP FUNCTION linger CASCADE")


@contextmanager
def unguarded(**constraints: str) -> Iterator[None]:
    """Let the database forget a constraint of each table, with what was written meanwhile."""
    with db.engine().connect() as connection:
        definitions = {
            name: connection.scalar(
                text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"),
                {"name": name},
            )
            for name in constraints.values()
        }
    assert None not in definitions.values()
    _change(*(f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name in constraints.items()))
    try:
        yield
    finally:
        sweep(db.engine())
        _change(
            *(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} {definitions[name]}"
                for table, name in constraints.items()
            )
        )


def _change(*statements: str) -> None:
    db.release()  # What the test has read is locked against changes of tables as long as it may read on.
    with db.engine().begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
