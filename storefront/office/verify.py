"""Ask the database whether everything that must always be true is true right now."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, NullPool, create_engine, make_url, text

from storefront.config import settings
from storefront.office.invariants import money, opinions, orders, papers, people, shelves
from storefront.office.invariants.invariant import Invariant

INVARIANTS = tuple(
    sorted(
        (
            *shelves.INVARIANTS,
            *orders.INVARIANTS,
            *money.INVARIANTS,
            *papers.INVARIANTS,
            *opinions.INVARIANTS,
            *people.INVARIANTS,
        ),
        key=lambda invariant: int(invariant.code[1:]),
    )
)
SHOWN = 20  # rows of each invariant that are named; the rest are counted


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one invariant."""

    invariant: Invariant
    checked: int
    violations: int
    rows: list[dict[str, Any]]
    """The first violating rows."""


@contextmanager
def snapshot(database: str | None = None) -> Iterator[Connection]:
    """One moment of the database, or of another on the same server, on a connection that cannot write."""
    address = make_url(settings().sqlalchemy_url)
    engine = create_engine(
        address.set(database=database) if database else address,
        poolclass=NullPool,  # It is used once, and its isolation must not leak into the pages' pool.
        isolation_level="REPEATABLE READ",
        execution_options={"postgresql_readonly": True},
        connect_args={"connect_timeout": 3, "application_name": "storefront verify"},
    )
    with engine.connect() as connection, connection.begin():
        yield connection


def examine(connection: Connection) -> list[Finding]:
    """What is found in the moment that a connection sees."""
    connection.execute(text("SET LOCAL timezone = 'UTC'"))  # Sealed rows were digested in it.
    return [_finding(connection, invariant) for invariant in INVARIANTS]


def _finding(connection: Connection, invariant: Invariant) -> Finding:
    checked = connection.scalar(text(invariant.checked)) or 0
    query = f"SELECT *, count(*) OVER () AS violations FROM ({invariant.broken}) AS broken LIMIT {SHOWN}"  # noqa: S608 - every part is ours
    rows = [dict(row) for row in connection.execute(text(query)).mappings()]
    violations = [row.pop("violations") for row in rows]
    return Finding(invariant, checked, violations[0] if violations else 0, rows)
