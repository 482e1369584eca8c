"""The merchant changes a price or takes a product off the shelf while people press the button."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from flask import Flask, current_app
from sqlalchemy import select, update

from storefront.catalog.models import Product, Variant
from storefront.orders.models import Order
from storefront.platform import clock, db
from tests.characters import a_kettle, reprice
from tests.races.buying import buyers
from tests.races.town import Town
from tests.races.wire import Answer

pytestmark = pytest.mark.race


def test_a_price_that_has_changed_is_never_charged(town: Town) -> None:
    kettle = a_kettle(100)
    crowd = buyers([{kettle.id: 1}] * 60)
    with meanwhile(lambda: reprice(kettle, 5200)) as changed:
        answers = town.rush(buyer.buys() for buyer in crowd[:40])
    answers += town.rush(buyer.buys() for buyer in crowd[40:])
    assert {answer.status for answer in answers} <= {303, 409}
    assert {answer.status for answer in answers[40:]} == {409}
    assert "€52.00" in answers[-1].text
    assert {order.total for order in orders()} <= {4800}
    assert [order for order in orders() if order.placed_at > changed[0]] == []
    assert len(orders()) == sold(answers)


def test_without_pricing_again_it_is(lawless_town: Town) -> None:
    kettle = a_kettle(100)
    crowd = buyers([{kettle.id: 1}] * 20)
    reprice(kettle, 5200)
    answers = lawless_town.rush(buyer.buys(without="today's-prices") for buyer in crowd)
    assert sold(answers) == 20
    assert {order.total for order in orders()} == {4800}


def test_a_product_that_was_withdrawn_is_not_sold(town: Town) -> None:
    kettle = a_kettle(100)
    crowd = buyers([{kettle.id: 1}] * 60)
    with meanwhile(lambda: withdraw(kettle)) as changed:
        answers = town.rush(buyer.buys() for buyer in crowd[:40])
    answers += town.rush(buyer.buys() for buyer in crowd[40:])
    assert {answer.status for answer in answers} <= {303, 409}
    assert {answer.status for answer in answers[40:]} == {409}
    assert [order for order in orders() if order.placed_at > changed[0]] == []
    assert len(orders()) == sold(answers)


def test_without_a_look_at_the_shelf_it_is(lawless_town: Town) -> None:
    kettle = a_kettle(100)
    crowd = buyers([{kettle.id: 1}] * 20)
    withdraw(kettle)
    answers = lawless_town.rush(buyer.buys(without="a-look-at-the-shelf") for buyer in crowd)
    assert sold(answers) == 20


@contextmanager
def meanwhile(change: Callable[[], None]) -> Iterator[list[datetime]]:
    """Somebody changes something a moment after the crowd has come; gives the moment it was done."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # a thread needs it itself
    done: list[datetime] = []

    def work() -> None:
        with app.app_context():
            change()
            done.append(clock.now())

    timer = threading.Timer(0.1, work)
    timer.start()
    try:
        yield done
    finally:
        timer.join()


def withdraw(variant: Variant) -> None:
    """The merchant takes the product off the shelf."""
    with db.transaction() as session:
        gone = update(Product).where(Product.id == variant.product_id).values(status="archived")
        session.execute(gone)


def orders() -> list[Order]:
    return list(db.session.scalars(select(Order)))


def sold(answers: list[Answer]) -> int:
    return sum(answer.status == 303 for answer in answers)
