"""Staff count shelves, take deliveries and write off, and no sale is forgotten meanwhile."""

from collections.abc import Iterator

import pytest

from storefront.catalog.models import Variant
from storefront.checkout.fulfilment import pack_order, ship_order
from storefront.inventory import actions
from storefront.inventory.actions import Adjust, CountShelf, Delivery
from storefront.inventory.models import Stock
from storefront.inventory.refusals import BadCount, CountedMeanwhile, NotCounted, Promised
from storefront.platform import db
from storefront.platform.acting import Actor, acting_as
from tests.catalog.editing import CHARLIE, log, troubles
from tests.characters import a_kettle, a_variant
from tests.shopping import an_order


@pytest.fixture(autouse=True)
def _charlie(database: None) -> Iterator[None]:
    with acting_as(CHARLIE, "request-1"):
        yield
        assert troubles() == []


def on_hand(variant_id: int) -> int:
    db.release()
    return db.session.get_one(Stock, variant_id).on_hand


def kettles(*units: int) -> list[int]:
    with acting_as(Actor("cli")):
        return [a_kettle(some).id for some in units]


def test_a_difference_adds_to_whatever_is_there() -> None:
    (kettle,) = kettles(10)
    assert actions.adjust_stock(kettle, Adjust(-2, "write_off", "broken")) == 8
    assert actions.adjust_stock(kettle, Adjust(5)) == 13
    entry = log()[-2]
    assert (entry.subject, entry.before, entry.after) == (
        "stock",
        {"on_hand": 10, "reason": None},
        {"on_hand": 8, "reason": "write_off"},
    )


def test_a_count_holds_only_if_nothing_left_meanwhile() -> None:
    (kettle,) = kettles(10)
    with acting_as(Actor("cli")):
        order = an_order_sent(kettle)
    assert order
    with pytest.raises(CountedMeanwhile) as refused:
        actions.count_stock(kettle, CountShelf(seen=10, counted=50))
    assert (refused.value.seen, refused.value.on_hand) == (10, 9)
    assert "10" in refused.value.message()
    assert actions.count_stock(kettle, CountShelf(seen=9, counted=50)) == 50


def an_order_sent(kettle: int) -> int:
    order = an_order((db.session.get_one(Variant, kettle), 1), delivery="home", payment="cash_on_delivery")
    pack_order(order.id)
    ship_order(order.id)
    return order.id


def test_what_is_promised_stays_on_the_shelf() -> None:
    (kettle,) = kettles(10)
    with acting_as(Actor("cli")):
        an_order((db.session.get_one(Variant, kettle), 3))
    with pytest.raises(Promised) as refused:
        actions.count_stock(kettle, CountShelf(seen=10, counted=2))
    assert refused.value.reserved == 3
    assert "promised" in refused.value.message()
    assert actions.adjust_stock(kettle, Adjust(-7)) == 3


def test_a_delivery_comes_whole_or_not_at_all() -> None:
    one, two = kettles(1, 2)
    assert actions.receive_delivery(Delivery({two: 10, one: 5}, "note 4711")) == {one: 6, two: 12}
    with acting_as(Actor("cli")):
        loose = a_variant(tracked=False).id
    with pytest.raises(NotCounted):
        actions.receive_delivery(Delivery({one: 5, loose: 5}))
    assert on_hand(one) == 6


@pytest.mark.parametrize(
    "units", [{}, {1: 0}, {1: -3}, {1: 10**9 + 1}], ids=["nothing", "none", "fewer", "too many"]
)
def test_a_delivery_that_cannot_be_is_refused(units: dict[int, int]) -> None:
    with pytest.raises(BadCount):
        actions.receive_delivery(Delivery(units))


def test_numbers_and_reasons_that_cannot_be_are_refused() -> None:
    (kettle,) = kettles(10)
    for wish in (Adjust(0), Adjust(10**9), Adjust(-11), Adjust(1, "sale")):
        with pytest.raises(BadCount) as refused:
            actions.adjust_stock(kettle, wish)
        assert refused.value.message()
    with pytest.raises(BadCount):
        actions.count_stock(kettle, CountShelf(10, -1))
    with pytest.raises(NotCounted) as missing:
        actions.adjust_stock(12345, Adjust(1))
    assert missing.value.message()


def test_when_staff_want_to_be_told() -> None:
    (kettle,) = kettles(10)
    actions.set_low_at(kettle, 3)
    assert db.session.get_one(Stock, kettle).low_at == 3
    actions.set_low_at(kettle, None)
    with pytest.raises(BadCount):
        actions.set_low_at(kettle, -1)
