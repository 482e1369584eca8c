"""The shop is told what runs low once a day, which work was given up, and of new orders, if it wants to."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from storefront.inventory.actions import set_low_at
from storefront.office.notices import actions
from storefront.platform import clock, db, jobs
from storefront.platform.mail import Message
from storefront.shop.actions import describe_shop
from tests.characters import a_kettle, a_product, a_variant, stocked
from tests.letters.writing import park
from tests.post import Post
from tests.shopping import an_order

pytestmark = pytest.mark.usefixtures("database")
At = Callable[[datetime], None]
MORNING = datetime(2026, 11, 27, 6, 30, tzinfo=UTC)  # half past seven in the shop


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """It is another time."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def owed() -> list[str]:
    db.release()
    return list(db.session.scalars(select(Message.dedupe_key).order_by(Message.id)))


def texts(outbox: Path) -> list[str]:
    letters = Post(outbox).of("hello@kiln.example")
    return [str(letter.get_body(("plain",)).get_content()) for letter in letters]  # type: ignore[union-attr]  # each has one


def test_what_runs_low_is_told_once_a_day(at: At, outbox: Path) -> None:
    stocked(a_variant(a_product("Cup"), sku="CUP-1"), 3)
    stocked(a_variant(a_product("Pot"), sku="POT-1"), 4)
    a_variant(a_product("Old", status="archived"))
    for moment in (MORNING - timedelta(hours=1), MORNING, MORNING + timedelta(hours=3)):
        at(moment)
        jobs.run_now("office.look_for_low_stock")
    assert owed() == ["low-stock:2026-11-27"]
    (words,) = texts(outbox)
    assert "3 × Cup, CUP-1" in words
    assert "Pot" not in words
    at(MORNING + timedelta(days=1))
    jobs.run_now("office.look_for_low_stock")
    assert owed() == ["low-stock:2026-11-27", "low-stock:2026-11-28"]


def test_each_variant_may_have_a_number_of_its_own(at: At) -> None:
    at(MORNING)
    cup = stocked(a_variant(a_product("Cup")), 3)
    set_low_at(cup.id, 2)
    actions.note_low_stock()
    assert owed() == []
    set_low_at(cup.id, 3)
    actions.note_low_stock()
    assert owed() == ["low-stock:2026-11-27"]


def test_the_rest_of_a_long_list_is_a_number(at: At, outbox: Path) -> None:
    at(MORNING)
    for number in range(52):
        a_variant(a_product(f"Cup {number}"))
    actions.note_low_stock()
    (words,) = texts(outbox)
    assert "And 2 more." in words


def test_given_up_work_is_told_of_once(at: At, outbox: Path) -> None:
    at(MORNING)
    actions.note_parked_jobs()
    park("checkout.confirm", 2)
    at(MORNING + timedelta(minutes=10))
    for _ in range(2):
        jobs.run_now("office.look_for_parked")
    at(MORNING + timedelta(minutes=20))
    park("catalog.pictures", 1)
    jobs.run_now("office.look_for_parked")
    first, second = texts(outbox)
    assert "2 × checkout.confirm" in first
    assert "1 × catalog.pictures" in second
    assert "confirm" not in second


def test_a_letter_about_given_up_work_that_was_given_up_makes_no_other(at: At) -> None:
    at(MORNING)
    park("office.tell_parked", 1)
    actions.note_parked_jobs()
    assert owed() == []


def test_the_shop_is_told_of_a_new_order(outbox: Path) -> None:
    order = an_order(delivery="home", payment="cash_on_delivery", note="Ring twice")
    (words,) = texts(outbox)
    for part in ("Ada Lindt has ordered", "Note: Ring twice", "1 × Kettle: €48.00", "ada@example.com"):
        assert part in words
    jobs.run_now("checkout.confirm", order_id=order.id)
    assert owed() == [f"order-placed:{order.id}", f"order-new:{order.id}"]


def test_who_does_not_want_to_be_told_is_not(at: At, outbox: Path) -> None:
    at(MORNING)
    describe_shop(mail_new_orders=False, mail_low_stock=False, mail_parked_jobs=False)
    an_order((a_kettle(1), 1))
    park("checkout.confirm", 1)
    actions.note_low_stock()
    actions.note_parked_jobs()
    assert texts(outbox) == []
