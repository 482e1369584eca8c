"""Charlie changes orders: lines are cancelled before they are packed, and parcels come back."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from storefront.catalog.models import Variant
from storefront.checkout.actions import cancel_order, expire_one_order
from storefront.checkout.changing import CameBack, cancel_lines, take_back
from storefront.checkout.fulfilment import deliver_order, pack_order, ship_order
from storefront.checkout.queries import Placed, placed_with_id
from storefront.checkout.refusals import AlreadyPacked
from storefront.inventory import queries as shelves
from storefront.inventory import stock
from storefront.inventory.models import StockMovement
from storefront.office import verify
from storefront.orders.credit.record import TooManyUnits
from storefront.orders.models import Order
from storefront.orders.record import NotAllowed
from storefront.payments.actions import settle_order
from storefront.platform import audit, db
from storefront.platform.acting import Actor, acting_as
from storefront.platform.errors import NotFound
from storefront.platform.mail import Message
from tests.characters import a_kettle, a_product, a_variant
from tests.shopping import an_order
from tests.till import overdue

HOME = {"delivery": "home", "payment": "cash_on_delivery"}
TRANSFER = {"delivery": "home", "payment": "bank_transfer"}


@pytest.fixture(autouse=True)
def books(database: None) -> Iterator[None]:
    """Whatever a story did, the books agree at its end."""
    yield
    db.release()
    with verify.snapshot() as connection:
        broken = [found for found in verify.examine(connection) if found.violations]
    assert not broken, broken


def line_of(order: Order, variant: Variant) -> int:
    return next(line.id for line in order.lines if line.variant_id == variant.id)


def left(variant: Variant) -> int:
    return shelves.available([variant.id])[variant.id]


def now(order: Order) -> Placed:
    db.release()
    return placed_with_id(order.id)


def movements() -> list[tuple[str, int]]:
    rows = select(StockMovement.reason, StockMovement.quantity).where(
        StockMovement.order_line_id.is_not(None)
    )
    return [(reason, units) for reason, units in db.session.execute(rows.order_by(StockMovement.id))]


def sent(way: dict[str, str], *wanted: tuple[Variant, int], paid: bool = False) -> Order:
    order = an_order(*wanted, **way)
    if paid:
        settle_order(order.id)
    pack_order(order.id)
    ship_order(order.id)
    return order


def test_before_it_is_paid_there_is_less_to_pay_and_the_goods_are_free_again() -> None:
    kettle, cup = a_kettle(5), a_kettle(5, title="Cup", price=1000)
    order = an_order((kettle, 2), (cup, 3), **TRANSFER)
    cancel_lines(order.id, {line_of(order, cup): 2}, "chipped")
    placed = now(order)
    assert (placed.order.total, placed.payment.amount) == (4800 * 2 + 1000 + 490,) * 2
    assert placed.changes == ["Cancelled: 2 × Cup"]
    assert [quantity for _line, quantity in placed.lines] == [2, 1]
    assert (left(kettle), left(cup)) == (3, 4)
    settle_order(order.id)
    assert now(order).payment.captured == placed.order.total
    invoice = now(order).order.invoice
    assert invoice is not None
    assert invoice.total == placed.order.total


def test_what_is_paid_at_the_door_is_authorised_for_less() -> None:
    kettle, cup = a_kettle(5), a_kettle(5, title="Cup", price=1000)
    order = an_order((kettle, 2), (cup, 1), **HOME)
    cancel_lines(order.id, {line_of(order, kettle): 1})
    cancel_lines(order.id, {line_of(order, cup): 1})
    payment = now(order).payment
    assert (payment.amount, payment.authorised) == (5290, 5290)


def test_after_the_invoice_a_credit_note_covers_the_part() -> None:
    kettle, cup = a_kettle(5), a_kettle(5, title="Cup", price=1000)
    order = an_order((kettle, 2), (cup, 3), **TRANSFER)
    settle_order(order.id)
    cancel_lines(order.id, {line_of(order, cup): 1}, "chipped")
    placed = now(order)
    assert placed.order.total == 4800 * 2 + 1000 * 3 + 490
    (note,) = placed.afterwards.notes
    assert (note.label[:1], note.number, note.total, note.tax, note.reason) == ("C", 1, 1000, 160, "chipped")
    assert placed.payment.to_refund == 1000
    assert left(cup) == 3
    pack_order(order.id)
    ship_order(order.id)
    deliver_order(order.id)
    assert now(order).order.state == "closed"
    assert left(cup) == 3


def test_when_nothing_is_left_the_order_is_cancelled() -> None:
    kettle = a_kettle(5)
    order = an_order((kettle, 2), **TRANSFER)
    settle_order(order.id)
    line = line_of(order, kettle)
    cancel_lines(order.id, {line: 1})
    cancel_lines(order.id, {line: 1}, "all gone")
    placed = now(order)
    assert placed.order.state == "cancelled"
    assert placed.payment.to_refund == placed.order.total == 10090
    assert [note.total for note in placed.afterwards.notes] == [4800, 5290]
    assert left(kettle) == 5


def test_an_order_of_which_some_was_cancelled_expires_and_comes_back_with_the_rest() -> None:
    kettle, cup = a_kettle(5), a_kettle(5, title="Cup", price=1000)
    order = an_order((kettle, 2), (cup, 3), payment="bank_transfer")
    cancel_lines(order.id, {line_of(order, kettle): 2, line_of(order, cup): 1})
    overdue(order)
    expire_one_order()
    assert (left(kettle), left(cup)) == (5, 5)
    settle_order(order.id)
    assert (left(kettle), left(cup)) == (5, 3)
    assert now(order).payment.captured == 2000


@pytest.mark.parametrize("units", [0, 3, -1])
def test_no_more_than_there_is_and_no_less_than_one(units: int) -> None:
    kettle = a_kettle(5)
    order = an_order((kettle, 2), (a_kettle(5), 1))
    with pytest.raises(TooManyUnits) as refusal:
        cancel_lines(order.id, {line_of(order, kettle): units})
    assert refusal.value.message() == "Kettle: the order holds 2 of it; choose at least 1 and no more."


def test_lines_of_bens_order_are_not_adas() -> None:
    adas, bens = an_order(), an_order()
    for units in ({bens.lines[0].id: 1}, {}):
        with pytest.raises(NotFound):
            cancel_lines(adas.id, units)


def test_what_is_packed_or_over_keeps_its_lines() -> None:
    packed, over = an_order((a_kettle(), 2)), an_order((a_kettle(), 2))
    pack_order(packed.id)
    cancel_order(over.id)
    with pytest.raises(AlreadyPacked):
        cancel_lines(packed.id, {packed.lines[0].id: 1})
    with pytest.raises(NotAllowed):
        cancel_lines(over.id, {over.lines[0].id: 1})


def test_a_paid_parcel_comes_back_whole_and_its_delivery_is_refunded_too() -> None:
    kettle = a_kettle(5)
    order = sent(TRANSFER, (kettle, 2), paid=True)
    deliver_order(order.id)
    take_back(order.id, reason="too heavy")
    placed = now(order)
    assert (placed.order.fulfilment.state, placed.order.state) == ("returned", "closed")
    assert placed.payment.to_refund == placed.order.total
    assert placed.changes == ["Came back: 2 × Kettle"]
    assert left(kettle) == 5
    assert movements() == [("sale", -2), ("return", 2)]


def test_a_part_comes_back_some_of_it_for_nothing() -> None:
    kettle, cup = a_kettle(5), a_kettle(5, title="Cup", price=1000)
    order = sent(TRANSFER, (kettle, 2), (cup, 3), paid=True)
    take_back(order.id, {line_of(order, cup): CameBack(1, 1)})
    placed = now(order)
    assert placed.payment.to_refund == 2000
    assert (left(kettle), left(cup)) == (3, 3)
    assert movements()[2:] == [("return", 2), ("write_off", -1)]
    take_back(order.id, {line_of(order, cup): CameBack(1), line_of(order, kettle): CameBack(2)})
    assert now(order).payment.to_refund == placed.order.total


def test_delivery_is_refunded_when_staff_say_so() -> None:
    kettle = a_kettle(5)
    order = sent(TRANSFER, (kettle, 2), paid=True)
    take_back(order.id, {line_of(order, kettle): CameBack(1)}, shipping=True)
    assert now(order).payment.to_refund == 4800 + 490
    take_back(order.id)
    assert now(order).payment.to_refund == now(order).order.total


def test_a_parcel_that_nobody_took_in_need_not_be_paid() -> None:
    kettle = a_kettle(5)
    order = sent(HOME, (kettle, 2))
    take_back(order.id)
    placed = now(order)
    assert (placed.payment.state, placed.payment.amount, placed.order.state) == ("voided", 0, "closed")
    assert placed.paid == "Nothing to pay"
    assert len(placed.afterwards.notes) == 1
    assert left(kettle) == 5


def test_who_keeps_a_part_pays_for_that() -> None:
    kettle = a_kettle(5)
    order = sent(HOME, (kettle, 2))
    take_back(order.id, {line_of(order, kettle): CameBack(1)})
    assert now(order).payment.amount == 4800 + 490
    settle_order(order.id)
    placed = now(order)
    assert (placed.payment.captured, placed.payment.to_refund, placed.order.state) == (5290, 0, "closed")


def test_what_nobody_counts_any_more_comes_back_to_no_shelf() -> None:
    kettle, book = a_kettle(2), a_variant(a_product("Book"), tracked=False)
    order = sent(TRANSFER, (kettle, 2), (book, 1), paid=True)
    with db.transaction():
        assert stock.close_shelf(kettle.id)
    take_back(order.id)
    assert movements() == [("sale", -2)]
    assert now(order).payment.to_refund == now(order).order.total


def test_what_never_left_cannot_come_back() -> None:
    order = an_order()
    with pytest.raises(NotAllowed):
        take_back(order.id)
    with pytest.raises(ValueError, match="counted from nothing"):
        CameBack(-1, 2)


def test_nothing_comes_back_twice() -> None:
    order = sent(HOME, (a_kettle(), 2))
    take_back(order.id)
    with pytest.raises(NotFound):
        take_back(order.id)
    with pytest.raises(TooManyUnits):
        take_back(order.id, {order.lines[0].id: CameBack(1)})


def test_a_free_order_is_called_off_without_a_credit_note() -> None:
    order = an_order((a_kettle(price=0), 1))
    settle_order(order.id)
    cancel_order(order.id)
    placed = now(order)
    assert (placed.order.state, placed.afterwards.notes) == ("cancelled", [])


def test_customers_are_told_and_the_audit_log_knows_who_did_it() -> None:
    order = an_order((a_kettle(), 2))
    with acting_as(Actor("staff", "3")):
        cancel_lines(order.id, {order.lines[0].id: 1}, "broken")
        cancel_order(order.id, "all broken")
    keys = set(db.session.scalars(select(Message.dedupe_key)))
    assert f"order-cancelled:{order.id}" in keys
    assert any(key.startswith("order-reduced:") for key in keys)
    entries = db.session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.subject == "orders")).all()
    told = [(entry.actor_id, entry.after) for entry in entries]
    sku = order.lines[0].sku
    assert ("3", {"cancelled": [{"sku": sku, "quantity": 1}], "reason": "broken"}) in told
    assert ("3", {"state": "cancelled"}) in told
