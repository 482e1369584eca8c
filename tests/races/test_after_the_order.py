"""Twenty cancel an order, twenty note its payment, and time runs out while the money comes."""

import random
import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import exists, func, select, update

from storefront.checkout.actions import cancel_order
from storefront.inventory import queries as stock
from storefront.inventory.models import Reservation
from storefront.orders.models import Invoice, Order, StateChange
from storefront.payments.models import Payment, PaymentEvent
from storefront.platform import clock, db, events
from tests.characters import a_kettle
from tests.races.buying import Buyer, buyers, elsewhere
from tests.races.crowd import post
from tests.races.town import Town, lingering, somebody_waits, unguarded, until
from tests.races.wire import Answer, Request

pytestmark = pytest.mark.race


def test_cancelled_twenty_times_the_stock_returns_once(town: Town) -> None:
    kettle = a_kettle(10)
    ada, *_others = placed(town, buyers([{kettle.id: 1}] * 5))
    with lingering("orders", 0.02):
        answers = town.rush(cancellation(ada) for _ in range(20))
    assert {(answer.status, answer.location) for answer in answers} == {(303, f"/orders/{ada.token}")}
    assert stock.available([kettle.id]) == {kettle.id: 6}
    assert times_moved(ada, "cancelled") == 1


def test_without_the_orders_lock_it_is_cancelled_again_and_again(lawless_town: Town) -> None:
    (ada,) = placed(lawless_town, buyers([{a_kettle(10).id: 1}]))
    with lingering("orders", 0.02):
        lawless_town.rush(cancellation(ada, without="order-lock") for _ in range(20))
    assert times_moved(ada, "cancelled") > 1


def test_paid_twenty_times_there_is_one_capture_and_one_invoice(town: Town) -> None:
    orders = placed(town, buyers([{a_kettle(10).id: 1}] * 3))
    with lingering("payment_events", 0.02, "AFTER INSERT"):
        answers = town.rush(settlement(order) for _ in range(20) for order in orders)
    assert {answer.status for answer in answers} == {204}
    assert [captures(order) for order in orders] == [1, 1, 1]
    assert sorted(db.session.scalars(select(Invoice.number))) == [1, 2, 3]


def test_without_the_orders_lock_it_is_paid_twice(lawless_town: Town) -> None:
    (ada,) = placed(lawless_town, buyers([{a_kettle(10).id: 1}]))
    with unguarded(payment_events="uq_payment_events_provider_event_id"):
        with lingering("payment_events", 0.02, "AFTER INSERT"):
            lawless_town.rush(settlement(ada, without="order-lock") for _ in range(20))
        assert captures(ada) > 1


def test_paid_at_the_last_moment_it_holds_or_it_is_expired_never_both(town: Town) -> None:
    kettle = a_kettle(20)
    overdue = placed(town, buyers([{kettle.id: 1}] * 20), payment="bank_transfer")
    run_out(overdue)
    others = [buyer.buys() for buyer in buyers([{kettle.id: 1}] * 20)]
    with lingering("payment_events", 0.02, "AFTER INSERT"):
        answers = town.rush(shuffled([*last_moment(overdue), *others]))
    assert {answer.status for answer in answers} <= {200, 204, 303, 409}
    assert [ended(order) for order in overdue if ended(order) not in ("paid and held", "expired")] == []


def test_without_the_orders_lock_it_can_be_both(lawless_town: Town) -> None:
    overdue = placed(lawless_town, buyers([{a_kettle(20).id: 1}] * 20), payment="bank_transfer")
    run_out(overdue)
    with lingering("payment_events", 0.05, "AFTER INSERT"):
        lawless_town.rush(shuffled(last_moment(overdue, without="order-lock")))
    assert "paid and released" in {ended(order) for order in overdue}


def test_goods_that_come_back_while_late_money_waits_for_them_are_sold(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    kettle = a_kettle(1)
    crowd = buyers([{kettle.id: 1}] * 2)
    (bens,) = placed(town, crowd[:1], payment="bank_transfer")
    run_out([bens])
    assert town.send(post("/-/expiries", {})).status == 200
    (adas,) = placed(town, crowd[1:])
    answers: list[Answer] = []
    money = threading.Thread(target=lambda: answers.append(town.send(settlement(bens))))

    def then_it_comes(*_fact: Any) -> None:
        """Ada's kettle is given back, but not for all to see yet."""
        money.start()
        until(somebody_waits)

    monkeypatch.setattr(events, "record", then_it_comes)
    cancel_order(adas.id)
    money.join()
    assert [answer.status for answer in answers] == [204]
    assert ended(bens) == "paid and held"


def placed(town: Town, crowd: list[Buyer], **wish: str) -> list[Order]:
    """The orders of buyers who came one after the other."""
    pages = [town.send(buyer.buys(**wish)).location for buyer in crowd]
    tokens = [page.removeprefix("/orders/") for page in pages]
    found = {order.token: order for order in db.session.scalars(select(Order))}
    return [found[token] for token in tokens]


def cancellation(order: Order, without: str = "") -> Request:
    return post(f"/orders/{order.token}/cancellation", {}, buyer=elsewhere(), without=without)


def settlement(order: Order, without: str = "") -> Request:
    return post(f"/-/orders/{order.id}/settlement", {}, without=without)


def last_moment(overdue: list[Order], without: str = "") -> list[Request]:
    """The money comes for each order, and as often the job looks for orders whose time ran out."""
    looks = [post("/-/expiries", {}, without=without) for _ in overdue]
    return [settlement(order, without) for order in overdue] + looks


def run_out(orders: list[Order]) -> None:
    """Let the time of these orders be over."""
    ids = [order.id for order in orders]
    with db.transaction() as session:
        past = clock.now() - timedelta(seconds=1)
        session.execute(update(Order).where(Order.id.in_(ids)).values(expires_at=past))


def ended(order: Order) -> str:
    """What became of an order whose money and time met."""
    db.session.expire_all()
    state = db.session.scalars(select(Order.state).where(Order.id == order.id)).one()
    paid = captures(order) > 0
    held = db.session.scalar(
        select(exists().where(Reservation.order_id == order.id, Reservation.state == "held"))
    )
    if paid:
        return "paid and held" if held and state == "open" else "paid and released"
    return "expired" if state == "expired" and not held else f"unpaid, {state}, held: {held}"


def captures(order: Order) -> int:
    """How often an order's money was taken down."""
    events = select(func.count(PaymentEvent.id)).join(Payment, Payment.id == PaymentEvent.payment_id)
    return db.session.scalar(events.where(Payment.order_id == order.id, PaymentEvent.kind == "captured")) or 0


def times_moved(order: Order, to: str) -> int:
    """How often an order came into a state."""
    moves = select(func.count()).where(
        StateChange.subject == "order", StateChange.order_id == order.id, StateChange.to_state == to
    )
    return db.session.scalar(moves) or 0


def shuffled(requests: list[Request]) -> list[Request]:
    return random.sample(requests, len(requests))
