"""Run migrations one at a time on a short leash: a lock not got in half a second is given up, not queued for."""

from alembic import context
from sqlalchemy import Connection, event, text

from storefront import models
from storefront.platform import db

models.load()

LOCK_TIMEOUT = "500ms"  # Shoppers line up behind who waits for a table, and are told of it after two seconds.
ONE_AT_A_TIME = 0x53544F5245  # "STORE": two starting processes must not migrate at once.


def ours(_object: object, name: str | None, _kind: str, _reflected: bool, _other: object) -> bool:
    """The job queue brings its own tables and keeps them itself."""
    return not (name or "").startswith("procrastinate_")


def migrate(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ONE_AT_A_TIME})
    connection.commit()
    event.listen(connection, "begin", _bound_waits)  # Each migration is a transaction of its own.
    try:
        context.configure(
            connection=connection,
            target_metadata=db.Model.metadata,
            include_object=ours,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    finally:
        connection.rollback()
        event.remove(connection, "begin", _bound_waits)
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ONE_AT_A_TIME})
        connection.commit()


def _bound_waits(connection: Connection) -> None:
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")


if context.is_offline_mode():
    context.configure(dialect_name="postgresql", target_metadata=db.Model.metadata, literal_binds=True)
    with context.begin_transaction():
        context.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
        context.run_migrations()
else:
    with db.engine().connect() as connection:
        migrate(connection)
