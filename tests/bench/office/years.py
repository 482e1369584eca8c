"""A shop that has sold for a year: orders, people, letters, jobs and a log, written past the shop at once."""

from pathlib import Path

import psycopg

PRODUCTS = 100_000
ORDERS = 200_000
ACCOUNTS = 60_000
STATEMENTS = Path(__file__).with_name("year.sql")


def fill(connection: psycopg.Connection) -> None:
    """A hundred thousand products, two hundred thousand orders of sixty thousand people, and the rest."""
    told = STATEMENTS.read_text(encoding="utf-8")
    for name, value in {"products": PRODUCTS, "orders": ORDERS, "accounts": ACCOUNTS}.items():
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
