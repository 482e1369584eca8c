"""Charlie moves orders on from the command line."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from storefront.checkout import commands
from storefront.orders import queries as orders
from storefront.platform import acting, db
from storefront.platform.errors import Refusal
from tests.shopping import an_order

pytestmark = pytest.mark.usefixtures("database")
Say = Callable[..., Result]


@pytest.fixture
def say(app: Flask) -> Say:
    """`storefront order …`, inside the application."""

    def run(command: str, *words: str) -> Result:
        db.release()
        return CliRunner().invoke(getattr(commands, command), words)

    return run


def test_without_orders_it_says_so(say: Say) -> None:
    assert say("orders").output == "There are no such orders.\n"


def test_the_newest_orders_are_listed_first(say: Say) -> None:
    first, second = an_order(), an_order(payment="bank_transfer")
    lines = say("orders").output.splitlines()
    assert [line.split()[0] for line in lines] == [second.number, first.number]
    assert "open, waiting, requires_action" in lines[0]
    assert "€48.00" in lines[0]


def test_only_some_of_them(say: Say) -> None:
    an_order()
    gone = an_order()
    say("order", gone.number, "cancel")
    shown = say("orders", "--state", "cancelled").output
    assert [line.split()[0] for line in shown.splitlines()] == [gone.number]
    assert len(say("orders", "--limit", "1").output.splitlines()) == 1


def test_one_order_is_shown_with_its_history(say: Say) -> None:
    order = an_order(delivery="home", payment="cash_on_delivery", note="Ring\ntwice")
    shown = say("order", order.number.lower()).output
    for part in (
        f"Order {order.number}: open, waiting, payment authorised",
        "Ada Lindt, ada@example.com, +49 30 5550101",
        "Home delivery, Cash on delivery",
        "Torstraße 12, 10119 Berlin, DE",
        "Note: Ring twice",
        "Total €52.90",
        "payment: authorised, by visitor",
    ):
        assert part in shown


def test_the_whole_way_of_a_parcel(say: Say) -> None:
    order = an_order(delivery="home", payment="bank_transfer")
    for move in ("mark-paid", "pack", "ship", "deliver"):
        assert say("order", order.number, move).exit_code == 0
    shown = say("order", order.number).output
    assert f"Order {order.number}: closed, delivered, payment captured" in shown
    assert "Invoice " in shown
    assert "fulfilment: packed → shipped" in shown


def test_money_of_an_order_that_is_over_is_to_be_sent_back(say: Say) -> None:
    order = an_order(payment="bank_transfer")
    assert "send back" not in say("order", order.number, "mark-paid").output
    assert "To send back to the customer: €48.00" in say("order", order.number, "cancel").output
    unpaid = an_order(payment="bank_transfer")
    assert "send back" not in say("order", unpaid.number, "cancel").output


def test_who_did_it_and_why_is_told(say: Say) -> None:
    order = an_order()
    with acting.acting_as(acting.Actor("cli", "charlie")):
        say("order", order.number, "pack")
    assert "fulfilment: waiting → packed, by cli charlie" in say("order", order.number).output


@pytest.mark.parametrize("words", [("NOPE",), ("NOPE", "pack")])
def test_an_order_that_is_not_there_is_one_sentence(say: Say, words: tuple[str, ...]) -> None:
    refusal = say("order", *words).exception
    assert isinstance(refusal, Refusal)
    assert refusal.message() == "There is no order NOPE."


def test_a_step_that_is_not_allowed_changes_nothing(say: Say) -> None:
    order = an_order(delivery="pickup")
    refusal = say("order", order.number, "ship").exception
    assert isinstance(refusal, Refusal)
    assert refusal.message() == "The fulfilment is waiting, so it cannot become shipped."
    assert orders.with_id(order.id).fulfilment.state == "waiting"
