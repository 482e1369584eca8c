"""A shop that has sold for a year: orders, people, letters, jobs and a log, written past the shop at once."""

from pathlib import Path

import psycopg

ORDERS = 200_000
ACCOUNTS = 60_000
STATEMENTS = Path(__file__).with_name("year.sql")


def fill(connection: psycopg.Connection) -> None:
    """Two hundred thousand orders of sixty thousand people, and what comes with them."""
    (variants,) = connection.execute("SELECT max(id) - min(id) + 1 FROM variants").fetchone() or (1,)
    told = STATEMENTS.read_text(encoding="utf-8")
    for name, value in {"orders": ORDERS, "accounts": ACCOUNTS, "variants": variants}.items():
        told = told.replace(f":{name}", str(value))
    connection.execute(
        "SET session_replication_role = replica"
    )  # Seals and ledgers are not what is measured.
    connection.execute("SET synchronous_commit = off")
    for statement in told.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    connection.execute("SET session_replication_role = DEFAULT")
    connection.execute("VACUUM ANALYZE")
