"""The tables that migrations make are those of the models, and the database keeps its own rules."""

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import select, text

from storefront.orders.models import Order
from storefront.platform import db, migrations, revisions
from tests.shopping import an_order


def test_migrations_make_what_the_models_say(database: None) -> None:
    migrations.check()


def test_nothing_is_pending_once_all_are_applied(database: None) -> None:
    migrations.upgrade()
    assert migrations.pending() == []


def test_every_step_but_the_last_is_outdated() -> None:
    steps = ScriptDirectory.from_config(migrations.config())
    assert revisions.outdated() | set(steps.get_heads()) == {one.revision for one in steps.walk_revisions()}
    assert revisions.outdated().isdisjoint(steps.get_heads())


def test_a_newer_version_misses_nothing_of_ours(database: None) -> None:
    with db.transaction() as session:
        known = session.scalar(text("SELECT version_num FROM alembic_version"))
        session.execute(text("UPDATE alembic_version SET version_num = 'from-the-future'"))
    try:
        assert migrations.pending() == []
    finally:
        with db.transaction() as session:
            session.execute(text("UPDATE alembic_version SET version_num = :known"), {"known": known})


def test_all_migrations_can_be_read_as_sql(database: None, capsys: pytest.CaptureFixture[str]) -> None:
    migrations.print_sql()
    sql = capsys.readouterr().out
    assert "CREATE TABLE orders" in sql
    assert "SET LOCAL lock_timeout" in sql
    assert "procrastinate_jobs" in sql


@pytest.mark.parametrize(
    "table", ["order_lines", "stock_movements", "state_changes", "events", "payment_events"]
)
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_what_was_written_cannot_be_changed(database: None, table: str, change: str) -> None:
    an_order()

    def tamper() -> None:
        with db.transaction() as session:
            session.execute(text(change.format(table)))

    with pytest.raises(Exception, match=f"{table} is append-only"):
        tamper()


def test_order_numbers_do_not_tell_how_many_came_before(database: None) -> None:
    numbers = [
        db.session.scalar(text("SELECT order_number(:place)"), {"place": place}) for place in range(1000)
    ]
    assert len(set(numbers)) == 1000
    assert {len(number) for number in numbers} == {6}
    assert numbers != sorted(numbers)
    assert not set("".join(numbers)) & set("ILOU")


def test_orders_get_their_number_from_the_database(database: None) -> None:
    first, second = an_order(), an_order()
    assert first.number != second.number
    assert set(db.session.scalars(select(Order.number))) == {first.number, second.number}
