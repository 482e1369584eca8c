"""Money comes: in time, twice, too late, or for nothing; the order knows what to make of it."""

import pytest
from sqlalchemy import func, select

from storefront.checkout.actions import cancel_order, expire_one_order
from storefront.checkout.fulfilment import deliver_order, pack_order, ready_order
from storefront.inventory import queries as stock
from storefront.orders import queries as orders
from storefront.orders.models import Invoice, Order
from storefront.payments.actions import OrderCancelled, PaidTooLate, settle_order
from storefront.payments.models import PaymentEvent
from storefront.payments.queries import current
from storefront.platform import db
from storefront.platform.mail import Message
from storefront.platform.money import Money
from tests.characters import a_kettle
from tests.shopping import an_order
from tests.till import overdue

pytestmark = pytest.mark.usefixtures("database")


def state(order: Order) -> str:
    return current([order.id])[order.id].state


def captures() -> int:
    counted = select(func.count()).select_from(PaymentEvent).where(PaymentEvent.kind == "captured")
    return db.session.scalar(counted) or 0


def test_a_transfer_that_came_is_captured_and_numbered() -> None:
    order = an_order(payment="bank_transfer")
    settle_order(order.id)
    payment = current([order.id])[order.id]
    assert (payment.state, payment.captured, payment.authorised) == ("captured", 4800, 4800)
    assert orders.with_id(order.id).invoice is not None
    owed = db.session.scalars(select(Message.dedupe_key).order_by(Message.id)).all()
    assert owed == [f"order-placed:{order.id}", f"order-paid:{order.id}"]


def test_the_same_money_is_taken_down_once() -> None:
    order = an_order(payment="bank_transfer")
    for _ in range(3):
        settle_order(order.id, "tx-1")
    assert captures() == 1
    assert db.session.scalar(select(func.count()).select_from(Invoice)) == 1


def test_a_free_order_is_settled_without_moving_money() -> None:
    order = an_order((a_kettle(price=0), 1))
    settle_order(order.id)
    assert state(order) == "captured"
    assert captures() == 0


def test_late_money_brings_the_order_back_while_the_goods_are_there() -> None:
    kettle = a_kettle(1)
    order = an_order((kettle, 1), payment="bank_transfer")
    overdue(order)
    expire_one_order()
    settle_order(order.id)
    assert orders.with_id(order.id).state == "open"
    assert state(order) == "captured"
    assert stock.available([kettle.id]) == {kettle.id: 0}


def test_late_money_for_goods_that_are_gone_changes_nothing_and_says_so() -> None:
    kettle = a_kettle(1)
    order = an_order((kettle, 1), payment="bank_transfer")
    overdue(order)
    expire_one_order()
    an_order((kettle, 1))
    with pytest.raises(PaidTooLate) as refusal:
        settle_order(order.id)
    assert refusal.value.amount == Money(4800, "EUR")
    assert "send €48.00 back" in refusal.value.message()
    assert orders.with_id(order.id).state == "expired"
    assert state(order) == "expired"
    assert captures() == 0


def test_money_for_a_cancelled_order_is_refused_by_name() -> None:
    order = an_order(payment="bank_transfer")
    cancel_order(order.id)
    with pytest.raises(OrderCancelled) as refusal:
        settle_order(order.id)
    assert "was cancelled" in refusal.value.message()
    assert state(order) == "voided"


def test_what_is_delivered_and_then_paid_is_closed() -> None:
    order = an_order(payment="pay_on_pickup")
    for move in (pack_order, ready_order, deliver_order):
        move(order.id)
    assert orders.with_id(order.id).state == "open"
    settle_order(order.id)
    assert orders.with_id(order.id).state == "closed"
