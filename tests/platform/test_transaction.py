"""One action is one transaction: all of it happens, or nothing, and whoever takes part knows who acts."""

import pytest
from flask import Flask
from sqlalchemy import QueuePool, func, select, text

from storefront.platform import acting, cache, db, events
from storefront.platform.caching import changes
from storefront.platform.events import Event


def count_events() -> int:
    db.release()
    return db.session.scalar(select(func.count()).select_from(Event)) or 0


def test_everything_in_it_happens(database: None) -> None:
    with db.transaction():
        events.record("kettle.fired", "kettle:1")
        events.record("kettle.glazed", "kettle:1")
    assert count_events() == 2


def test_nothing_in_it_happens_when_it_fails(database: None) -> None:
    def fire_and_drop() -> None:
        with db.transaction():
            events.record("kettle.fired", "kettle:1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fire_and_drop()
    assert count_events() == 0


def test_a_rehearsal_does_the_work_and_undoes_it(database: None) -> None:
    with db.transaction(rehearsal=True) as session:
        events.record("kettle.fired", "kettle:1")
        assert session.scalar(select(func.count()).select_from(Event)) == 1
    assert count_events() == 0


def test_a_rehearsal_meets_the_rules_of_the_database(database: None) -> None:
    def rehearse() -> None:
        with db.transaction(rehearsal=True) as session:
            session.add(Event(name="kettle.fired"))

    with pytest.raises(Exception, match="not-null"):
        rehearse()


def test_it_refuses_to_nest(database: None) -> None:
    def nest() -> None:
        with db.transaction(), db.transaction():
            pass

    with pytest.raises(RuntimeError, match="an action opens one transaction"):
        nest()
    with db.transaction():
        pass  # The next one opens as if nothing had happened.


def test_a_part_of_a_change_refuses_to_run_outside_of_one(database: None) -> None:
    with pytest.raises(RuntimeError, match="part of a change"):
        events.record("kettle.fired", "kettle:1")


def test_whoever_acts_is_written_down(database: None) -> None:
    with acting.acting_as(acting.Actor("staff", "7"), "request-1"), db.transaction():
        events.record("kettle.fired", "kettle:1")
    with db.transaction():
        events.record("kettle.glazed", "kettle:1")
    written = db.session.execute(
        select(Event.actor_kind, Event.actor_id, Event.request_id).order_by(Event.id)
    ).all()
    assert written == [("staff", "7", "request-1"), ("visitor", None, None)]


def test_one_moment_is_the_moment_of_all_parts(database: None) -> None:
    with db.transaction():
        events.record("kettle.fired", "kettle:1")
        events.record("kettle.glazed", "kettle:1")
        now = db.inside().now
    assert set(db.session.scalars(select(Event.at))) == {now}


def test_it_trusts_nothing_that_was_read_before(database: None) -> None:
    with db.transaction():
        events.record("kettle.fired", "kettle:1")
    before = db.session.scalars(select(Event)).one()
    with db.transaction() as session:
        assert session.scalars(select(Event)).one() is not before


def test_the_connection_goes_back(database: None) -> None:
    with db.transaction() as session:
        session.execute(text("SELECT 1"))
    pool = db.engine().pool
    assert isinstance(pool, QueuePool)
    assert pool.checkedout() == 0


def test_release_leaves_an_open_change_alone(database: None) -> None:
    with db.transaction():
        events.record("kettle.fired", "kettle:1")
        db.release()
    assert count_events() == 1


def test_tags_are_bumped_once_it_is_committed(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    bumped: list[tuple[set[str], int]] = []
    monkeypatch.setattr(changes, "bump", lambda tags, _owed: bumped.append((set(tags), count_events())))
    with db.transaction():
        events.record("kettle.fired", "kettle:1")
        db.inside().tag("product:7", "catalog")
        assert bumped == []
    assert bumped == [({"product:7", "catalog"}, 1)]


def test_tags_of_what_did_not_happen_are_not_bumped(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    bumped: list[object] = []
    monkeypatch.setattr(changes, "bump", bumped.append)
    with db.transaction(rehearsal=True):
        db.inside().tag("product:7")

    def tag_and_drop() -> None:
        with db.transaction():
            db.inside().tag("product:7")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        tag_and_drop()
    assert bumped == []


def test_bumped_tags_have_a_new_version_each_time(database: None) -> None:
    server = cache.valkey()
    assert server is not None
    numbers = []
    for _ in range(2):
        with db.transaction():
            db.inside().tag("product:7")
        numbers.append(int(server.get("tag:product:7") or 0))
    assert 0 < numbers[0] < numbers[1]


def test_a_dead_valkey_takes_nothing_with_it(database: None, app: Flask) -> None:
    import redis  # noqa: PLC0415 - only this test buries one

    alive = app.extensions["valkey"]
    app.extensions["valkey"] = redis.Redis(port=1, socket_connect_timeout=0.2)
    try:
        with db.transaction():
            db.inside().tag("product:7")
            events.record("kettle.fired", "kettle:1")
    finally:
        app.extensions["valkey"] = alive
    assert count_events() == 1


def test_the_ledger_may_not_be_rewritten(database: None) -> None:
    with db.transaction():
        events.record("kettle.fired", "kettle:1")
    for statement in ("UPDATE events SET name = 'x'", "DELETE FROM events"):
        with pytest.raises(Exception, match="events is append-only"), db.transaction() as session:
            session.execute(text(statement))
