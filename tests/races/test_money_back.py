"""Many refund, cancel and take back at once: money and goods come back once, no number is missing."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from storefront.checkout.fulfilment import deliver_order, pack_order, ready_order
from storefront.inventory import queries as stock
from storefront.inventory.models import StockMovement
from storefront.orders import queries as orders
from storefront.orders.credit.models import CreditNote, LineReduction
from storefront.orders.models import Invoice, Order
from storefront.payments.actions import settle_order
from storefront.payments.models import Payment
from storefront.payments.queries import current
from storefront.payments.refunds.models import Refund
from storefront.platform import db
from tests.characters import a_kettle
from tests.races.buying import buyers
from tests.races.crowd import post
from tests.races.test_after_the_order import cancellation, placed, settlement, shuffled
from tests.races.town import Town, _change, lingering
from tests.races.wire import Answer, Request

pytestmark = pytest.mark.race


def a_paid_order(town: Town, units: int = 1) -> Order:
    kettle = a_kettle(50)
    (order,) = placed(town, buyers([{kettle.id: units}]))
    settle_order(order.id)
    return order


def refund(order: Order, amount: int, without: str = "") -> Request:
    return post(f"/-/orders/{order.id}/refunds", {"amount": str(amount)}, without=without)


def unit_of(order: Order, without: str = "") -> Request:
    (line,) = orders.with_id(order.id).lines
    return post(f"/-/orders/{order.id}/lines/{line.id}/cancellations", {}, without=without)


def comes_back(order: Order, without: str = "") -> Request:
    return post(f"/-/orders/{order.id}/return", {}, without=without)


def count(model: type[Refund | CreditNote | Invoice]) -> int:
    db.release()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_refunded_twenty_times_the_money_goes_back_once(town: Town) -> None:
    order = a_paid_order(town)
    town.send(cancellation(order))
    with lingering("payment_events", 0.02, "AFTER INSERT"):
        answers = town.rush(refund(order, order.total) for _ in range(20))
    assert sorted(answer.status for answer in answers) == [204] + [409] * 19
    assert (count(Refund), count(CreditNote)) == (1, 1)


def test_without_the_orders_lock_it_goes_back_again_and_again(lawless_town: Town) -> None:
    order = a_paid_order(lawless_town)
    lawless_town.send(cancellation(order))
    with lingering("payment_events", 0.02, "AFTER INSERT"):
        lawless_town.rush(refund(order, order.total, without="order-lock") for _ in range(20))
    assert count(Refund) > 1


def test_paid_while_it_is_cancelled_the_money_is_owed_back_or_was_never_taken(town: Town) -> None:
    crowd = placed(town, buyers([{a_kettle(30).id: 1}] * 12), payment="bank_transfer")
    with lingering("payment_events", 0.02, "AFTER INSERT"):
        town.rush(shuffled([*map(settlement, crowd), *map(cancellation, crowd)] * 2))
    assert {ended(order) for order in crowd} <= {"paid, to be refunded", "never paid"}


def test_without_the_orders_lock_money_is_kept_for_nothing(lawless_town: Town) -> None:
    crowd = placed(lawless_town, buyers([{a_kettle(30).id: 1}] * 12), payment="bank_transfer")
    requests = [
        *(settlement(order, "order-lock") for order in crowd),
        *(cancellation(order, "order-lock") for order in crowd),
    ]
    with lingering("payment_events", 0.05, "AFTER INSERT"):
        lawless_town.rush(shuffled(requests))
    assert {ended(order) for order in crowd} - {"paid, to be refunded", "never paid"}


def ended(order: Order) -> str:
    """What became of an order that was paid and cancelled at once."""
    db.release()
    payment = current([order.id])[order.id]
    notes = db.session.scalar(select(func.sum(CreditNote.total)).where(CreditNote.order_id == order.id)) or 0
    invoices = db.session.scalar(select(func.count()).where(Invoice.order_id == order.id))
    found = (payment.state, payment.captured, payment.to_refund, notes, invoices)
    if found == ("captured", order.total, order.total, order.total, 1):
        return "paid, to be refunded"
    return "never paid" if found == ("voided", 0, 0, 0, 0) else f"{found}"


def test_twenty_cancel_a_unit_of_twelve_the_order_ends_and_all_are_back(town: Town) -> None:
    order = a_paid_order(town, units=12)
    with lingering("line_reductions", 0.01, "AFTER INSERT"):
        answers = town.rush(unit_of(order) for _ in range(20))
    assert sorted(answer.status for answer in answers) == [204] * 12 + [409] * 8
    assert orders.with_id(order.id).state == "cancelled"
    payment = current([order.id])[order.id]
    assert payment.to_refund == order.total
    (line,) = orders.with_id(order.id).lines
    assert stock.available([line.variant_id]) == {line.variant_id: 50}


def test_without_the_orders_lock_more_is_cancelled_than_was_ordered(lawless_town: Town) -> None:
    order = a_paid_order(lawless_town, units=3)
    with lingering("line_reductions", 0.02, "AFTER INSERT"):
        lawless_town.rush(unit_of(order, "order-lock") for _ in range(20))
    db.release()
    cancelled = db.session.scalar(select(func.sum(LineReduction.quantity))) or 0
    payment = db.session.scalars(select(Payment)).one()
    # Of three units two are lines' and the third is the order's own end.
    assert cancelled > 2 or payment.to_refund != order.total


def test_a_parcel_that_twenty_take_back_is_on_the_shelf_once(town: Town) -> None:
    order = a_sent_order(town)
    with lingering("stock_movements", 0.02, "AFTER INSERT"):
        answers = town.rush(comes_back(order) for _ in range(20))
    assert sorted(answer.status for answer in answers) == [204] + [404] * 19
    assert came_back() == 2


def test_without_the_orders_lock_it_is_there_again_and_again(lawless_town: Town) -> None:
    order = a_sent_order(lawless_town)
    with lingering("stock_movements", 0.02, "AFTER INSERT"):
        lawless_town.rush(comes_back(order, "order-lock") for _ in range(20))
    assert came_back() > 2


def a_sent_order(town: Town) -> Order:
    (order,) = placed(town, buyers([{a_kettle(50).id: 2}]))
    for move in (pack_order, ready_order, deliver_order):
        move(order.id)
    return order


def came_back() -> int:
    db.release()
    back = select(func.sum(StockMovement.quantity)).where(StockMovement.reason == "return")
    return int(db.session.scalar(back) or 0)


@contextmanager
def failing(*tables: str) -> Iterator[None]:
    """Three of ten papers cannot be written, for reasons that a database has."""
    _change(
        "CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF random() < 0.3 THEN RAISE EXCEPTION 'stumbled' USING ERRCODE ="
        " (ARRAY['40001', '40P01', '55P03', '57014'])[1 + floor(random() * 4)::int]; END IF;"
        " RETURN NULL; END $$",
        *(
            f"CREATE TRIGGER stumble AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION stumble()"
            for table in tables
        ),
    )
    try:
        yield
    finally:
        _change("DROP FUNCTION stumble CASCADE")


def sent_until_done(town: Town, requests: list[Request]) -> list[Answer]:
    """Whoever was told that the shop is busy sends it again."""
    busy: list[Answer] = []
    while requests:
        answers = town.rush(requests) if len(requests) > 8 else [town.send(it) for it in requests]
        assert {answer.status for answer in answers} <= {204, 303, 503}
        refused = [answer for answer in answers if answer.status == 503]
        busy += refused
        requests = [answer.request for answer in refused]
    return busy


def numbers_of(model: type[Invoice | CreditNote]) -> list[int]:
    db.release()
    return sorted(db.session.scalars(select(model.number)))


def test_numbers_have_no_gap_while_three_of_ten_fail(town: Town) -> None:
    crowd = placed(town, buyers([{a_kettle(60).id: 1}] * 40), payment="bank_transfer")
    with failing("invoices", "credit_notes"):
        refused = sent_until_done(town, shuffled([it for it in map(settlement, crowd) for _ in range(2)]))
        refused += sent_until_done(town, shuffled([*map(cancellation, crowd)]))
    assert refused
    assert numbers_of(Invoice) == numbers_of(CreditNote) == list(range(1, 41))
    assert {ended(order) for order in crowd} == {"paid, to be refunded"}


def test_with_numbers_from_a_sequence_there_are_gaps(lawless_town: Town) -> None:
    crowd = placed(lawless_town, buyers([{a_kettle(60).id: 1}] * 20), payment="bank_transfer")
    _change("CREATE SEQUENCE lawless_numbers")
    try:
        with failing("invoices"):
            sent_until_done(lawless_town, [settlement(order, "gapless") for order in crowd])
    finally:
        _change("DROP SEQUENCE lawless_numbers")
    assert numbers_of(Invoice) != list(range(1, 21))
