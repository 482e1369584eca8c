"""The audit log: what was different is written down with whoever did it, and stays."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from storefront.platform import audit, db
from storefront.platform.acting import Actor, acting_as
from storefront.platform.audit import AuditEntry, WrittenVersion
from tests.characters import a_product

CHARLIE = Actor("staff", "7")


def entries() -> list[AuditEntry]:
    return list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


@pytest.mark.usefixtures("database")
def test_only_what_is_different_is_written_down() -> None:
    with acting_as(CHARLIE, "request-1"), db.transaction():
        audit.note(
            "products", 3, {"title": "Jug", "brand": "Kiln"}, {"title": "Vase", "brand": "Kiln"}, version=2
        )
    (entry,) = entries()
    assert (entry.before, entry.after) == ({"title": "Jug"}, {"title": "Vase"})
    assert (entry.actor_kind, entry.actor_id, entry.request_id) == ("staff", "7", "request-1")
    assert (entry.subject, entry.subject_id, entry.version) == ("products", "3", 2)


@pytest.mark.usefixtures("database")
def test_a_change_that_changes_nothing_leaves_no_entry() -> None:
    with acting_as(CHARLIE), db.transaction():
        audit.note("products", 3, {"title": "Jug"}, {"title": "Jug"})
    assert entries() == []


@pytest.mark.usefixtures("database")
def test_what_was_made_has_no_before_and_what_is_gone_no_after() -> None:
    with acting_as(CHARLIE), db.transaction():
        audit.note("categories", 1, None, {"title": "Cups"}, version=1)
        audit.note("categories", 1, {"title": "Cups"}, None)
    made, gone = entries()
    assert (made.before, made.after) == (None, {"title": "Cups"})
    assert (gone.before, gone.after) == ({"title": "Cups"}, None)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("change", ["UPDATE audit_log SET actor_id = '8'", "DELETE FROM audit_log"])
def test_nobody_rewrites_the_log(change: str) -> None:
    with acting_as(CHARLIE), db.transaction():
        audit.note("products", 3, None, {"title": "Jug"})
    with pytest.raises(DBAPIError, match="append-only"), db.transaction() as session:
        session.execute(text(change))


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("who", "noted"), [("staff", [2]), ("key", [2]), ("cli", []), ("customer", [])])
def test_the_database_notes_versions_of_staff_and_keys(who: str, noted: list[int]) -> None:
    product = a_product()
    with acting_as(Actor(who, "7")), db.transaction() as session:
        session.execute(text("UPDATE products SET version = 2 WHERE id = :it"), {"it": product.id})
    assert list(db.session.scalars(select(WrittenVersion.version))) == noted
