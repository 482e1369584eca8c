"""Charlie packs and hands over: only in the allowed order, and the shelf follows the goods."""

from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import select

from storefront.checkout.actions import cancel_order
from storefront.checkout.fulfilment import deliver_order, pack_order, ready_order, ship_order
from storefront.checkout.refusals import AlreadyPacked
from storefront.inventory.models import Stock, StockMovement
from storefront.orders import queries as orders
from storefront.orders.models import Order
from storefront.orders.record import NotAllowed
from storefront.payments.actions import settle_order
from storefront.platform import db
from storefront.platform.errors import NotFound
from tests.characters import a_kettle, a_variant
from tests.shopping import an_order

pytestmark = pytest.mark.usefixtures("database")
HOME = {"delivery": "home", "payment": "cash_on_delivery"}
Move = Callable[[int], None]


def shelf(variant_id: int) -> tuple[int, int]:
    query = select(Stock.on_hand, Stock.reserved).where(Stock.variant_id == variant_id)
    on_hand, reserved = db.session.execute(query).one()
    return on_hand, reserved


def sales() -> list[int]:
    return list(db.session.scalars(select(StockMovement.quantity).where(StockMovement.reason == "sale")))


def test_fetched_goods_leave_the_shelf_when_they_are_fetched() -> None:
    kettle = a_kettle(5)
    order = an_order((kettle, 2), delivery="pickup")
    for move in (pack_order, ready_order):
        move(order.id)
        assert shelf(kettle.id) == (5, 2)
    deliver_order(order.id)
    assert shelf(kettle.id) == (3, 0)
    assert sales() == [-2]


def test_sent_goods_leave_the_shelf_when_they_are_sent() -> None:
    kettle = a_kettle(5)
    order = an_order((kettle, 2), **HOME)
    pack_order(order.id)
    ship_order(order.id)
    assert shelf(kettle.id) == (3, 0)
    deliver_order(order.id)
    assert shelf(kettle.id) == (3, 0)
    assert sales() == [-2]


def test_what_nobody_counts_leaves_no_trace_on_the_shelf() -> None:
    order = an_order((a_variant(tracked=False), 3), **HOME)
    pack_order(order.id)
    ship_order(order.id)
    assert sales() == []


def test_the_invoice_is_numbered_once_at_the_first_of_money_and_hand_over() -> None:
    first, second = an_order(**HOME), an_order(**HOME)
    settle_order(second.id)
    for order in (first, second):
        pack_order(order.id)
        ship_order(order.id)
        settle_order(order.id)
        deliver_order(order.id)
    invoices = [orders.with_id(order.id).invoice for order in (second, first)]
    assert [invoice and invoice.number for invoice in invoices] == [1, 2]


@pytest.mark.parametrize(
    ("choices", "moves"),
    [
        ({}, [ready_order]),
        ({}, [ship_order]),
        ({}, [deliver_order]),
        ({}, [pack_order, deliver_order]),
        ({}, [pack_order, pack_order]),
        ({"delivery": "pickup"}, [pack_order, ship_order]),
        (HOME, [pack_order, ready_order]),
        (HOME, [pack_order, ship_order, ship_order]),
        (HOME, [pack_order, ship_order, deliver_order, deliver_order]),
        ({}, [cancel_order, pack_order]),
    ],
)
def test_no_step_is_skipped_or_taken_twice(choices: dict[str, str], moves: Sequence[Move]) -> None:
    order = an_order(**choices)
    for move in moves[:-1]:
        move(order.id)
    before = history(order)
    with pytest.raises(NotAllowed):
        moves[-1](order.id)
    assert history(order) == before


def test_what_is_packed_is_not_cancelled() -> None:
    order = an_order()
    pack_order(order.id)
    with pytest.raises(AlreadyPacked):
        cancel_order(order.id)


@pytest.mark.parametrize(
    "move", [pack_order, ready_order, ship_order, deliver_order, cancel_order, settle_order]
)
def test_an_order_that_does_not_exist_does_not_move(move: Move) -> None:
    with pytest.raises(NotFound):
        move(10**12)


def history(order: Order) -> list[tuple[str, str | None, str]]:
    return [(step.subject, step.from_state, step.to_state) for step in orders.history(order.id)]


def test_the_history_tells_everything_in_order() -> None:
    order = an_order(**HOME)
    for move in (pack_order, ship_order, settle_order, deliver_order):
        move(order.id)
    assert history(order) == [
        ("order", None, "open"),
        ("fulfilment", None, "waiting"),
        ("payment", None, "authorised"),
        ("fulfilment", "waiting", "packed"),
        ("fulfilment", "packed", "shipped"),
        ("payment", "authorised", "captured"),
        ("fulfilment", "shipped", "delivered"),
        ("order", "open", "closed"),
    ]
