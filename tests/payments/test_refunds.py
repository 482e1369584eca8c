"""Money goes back: what is owed, in parts, more than that with a reason, and never more than came."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from storefront.checkout import commands
from storefront.checkout.actions import cancel_order
from storefront.checkout.fulfilment import pack_order, ship_order
from storefront.checkout.queries import Placed, placed_with_id
from storefront.office import verify
from storefront.orders.models import Order
from storefront.orders.record import NotAllowed
from storefront.payments.actions import settle_order
from storefront.payments.refunds.actions import (
    NotPaid,
    ReasonMissing,
    RefundRequest,
    TooMuch,
    UnknownMethod,
    refund_order,
)
from storefront.payments.refunds.models import Refund
from storefront.payments.refunds.queries import refunds_of
from storefront.platform import audit, db
from storefront.platform.mail import Message
from storefront.platform.money import Money
from tests.characters import a_kettle, a_product, a_variant
from tests.shopping import an_order


@pytest.fixture(autouse=True)
def books(database: None) -> Iterator[None]:
    """Whatever a story did, the books agree at its end."""
    yield
    db.release()
    with verify.snapshot() as connection:
        broken = [found for found in verify.examine(connection) if found.violations]
    assert not broken, broken


def euros(amount: int) -> Money:
    return Money(amount, "EUR")


def now(order: Order) -> Placed:
    db.release()
    return placed_with_id(order.id)


@pytest.fixture
def paid() -> Order:
    """Two kettles and a book that Ada has paid for."""
    book = a_variant(a_product("Book", tax_class="reduced"), price=1999, tracked=False)
    order = an_order((a_kettle(5), 2), (book, 1), delivery="home", payment="bank_transfer")
    settle_order(order.id)
    return order


def test_a_paid_order_that_is_cancelled_is_refunded_in_two_steps(paid: Order) -> None:
    cancel_order(paid.id, "changed her mind")
    total = paid.total
    assert now(paid).payment.to_refund == total
    refund_order(paid.id, RefundRequest(euros(5000), "bank_transfer", "tx 17"))
    payment = now(paid).payment
    assert (payment.state, payment.refunded, payment.to_refund) == ("partially_refunded", 5000, total - 5000)
    assert now(paid).paid == f"Paid; €50.00 was sent back, and {euros(total - 5000).format()} will be"
    refund_order(paid.id, RefundRequest(euros(1000), "cash"))
    refund_order(paid.id, RefundRequest(euros(total - 6000), "cash"))
    payment = now(paid).payment
    assert (payment.state, payment.refunded, payment.to_refund) == ("refunded", total, 0)
    assert now(paid).paid == "Sent back to you"
    assert [note.total for note in now(paid).afterwards.notes] == [total]
    assert [(it.amount, it.method, it.reference) for it in refunds_of(paid.id)][:2] == [
        (5000, "bank_transfer", "tx 17"),
        (1000, "cash", ""),
    ]


def test_more_than_is_owed_needs_a_reason_and_is_credited_by_rate(paid: Order) -> None:
    with pytest.raises(ReasonMissing) as refusal:
        refund_order(paid.id, RefundRequest(euros(1000), "cash"))
    assert refusal.value.message().startswith("€0.00 is to be sent back.")
    refund_order(paid.id, RefundRequest(euros(1000), "cash", reason="a dent"))
    (note,) = now(paid).afterwards.notes
    assert (note.total, note.reason, [part["rate"] for part in note.taxes]) == (
        1000,
        "a dent",
        ["0.1900", "0.0700"],
    )
    (refund,) = refunds_of(paid.id)
    assert refund.credit_note_id == note.id
    assert now(paid).paid == "Paid, and €10.00 was sent back"
    pack_order(paid.id)
    ship_order(paid.id)


def test_never_more_than_came_and_never_nothing(paid: Order) -> None:
    cancel_order(paid.id)
    for wrong in (euros(paid.total + 1), euros(0), euros(-5), Money(100, "USD")):
        with pytest.raises(TooMuch) as refusal:
            refund_order(paid.id, RefundRequest(wrong, "cash", reason="a gift"))
        assert refusal.value.most == euros(paid.total)
        assert "At most" in refusal.value.message()
    refund_order(paid.id, RefundRequest(euros(paid.total), "cash"))
    with pytest.raises(NotPaid) as over:
        refund_order(paid.id, RefundRequest(euros(1), "cash", reason="a gift"))
    assert "Nothing was paid" in over.value.message()


def test_the_same_form_sent_twice_sends_money_once(paid: Order) -> None:
    cancel_order(paid.id)
    wish = RefundRequest(euros(100), "cash", key=uuid4())
    for _ in range(3):
        refund_order(paid.id, wish)
    assert now(paid).payment.refunded == 100


def test_a_way_that_there_is_not(paid: Order) -> None:
    with pytest.raises(UnknownMethod) as refusal:
        refund_order(paid.id, RefundRequest(euros(100), "pigeon"))
    assert refusal.value.message() == "Please choose how the money goes back."


def test_what_was_never_paid_is_not_refunded() -> None:
    order = an_order(payment="bank_transfer")
    with pytest.raises(NotPaid):
        refund_order(order.id, RefundRequest(euros(100), "cash", reason="a gift"))


def test_the_customer_is_told_and_so_is_the_audit_log(paid: Order) -> None:
    refund_order(paid.id, RefundRequest(euros(100), "cash", "till 4", reason="a dent"))
    (refund,) = db.session.scalars(select(Refund)).all()
    assert f"order-refunded:{refund.id}" in set(db.session.scalars(select(Message.dedupe_key)))
    entry = db.session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.subject == "orders")).one()
    assert entry.after == {
        "method": "cash",
        "payment": "partially_refunded",
        "reference": "till 4",
        "refunded": 100,
    }


def say(number: str, *words: str) -> Result:
    db.release()
    return CliRunner().invoke(commands.order, [number, *words])


def test_from_the_command_line(paid: Order) -> None:
    kettle = next(line.sku for line in paid.lines if line.title == "Kettle")
    shown = say(paid.number, "cancel", "--units", f"{kettle}=1", "--reason", "broken").output
    assert "Cancelled: 1 × Kettle" in shown
    assert "To send back to the customer: €48.00" in shown
    assert "Sent back: €48.00" in say(paid.number, "refund", "--reference", "tx 1").output
    say(paid.number, "pack")
    say(paid.number, "ship")
    shown = say(paid.number, "return", "--written-off", f"{kettle.lower()}=1").output
    assert "Came back: 1 × Kettle" in shown
    assert "Credit note C" in shown
    assert "Sent back: €58.00" in say(paid.number, "refund", "--amount", "10", "--method", "cash").output
    assert isinstance(say(paid.number, "ready").exception, NotAllowed)


@pytest.mark.parametrize(
    "words",
    [
        ("refund", "--amount", "ten"),
        ("cancel", "--units", "NOPE=1"),
        ("cancel", "--units", "KILN"),
        ("return", "--units", "KILN=x"),
    ],
)
def test_what_was_typed_wrongly_is_said_and_changes_nothing(paid: Order, words: tuple[str, ...]) -> None:
    before = now(paid).payment.state
    done = say(paid.number, *words)
    assert done.exit_code == 2
    assert "Error" in done.output
    assert now(paid).payment.state == before
