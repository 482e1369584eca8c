"""An order that waited for its cart is charged by what lies in the cart then, not by what it saw before."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import text

from storefront.cart import carts
from storefront.checkout.actions import place_order
from storefront.checkout.refusals import PriceChanged
from storefront.platform import db
from tests.characters import a_kettle
from tests.shopping import a_cart, a_wish

pytestmark = pytest.mark.race


def test_what_was_put_in_meanwhile_is_not_sold_unseen(app: Flask, database: None) -> None:
    cart = a_cart((a_kettle(10), 1))
    wish = a_wish(cart)

    def order() -> str:
        with app.app_context():
            return place_order(cart.token, wish)

    with ThreadPoolExecutor(1) as pool:
        with db.transaction() as session:
            held = carts.lock(cart.id)
            session.execute(text("UPDATE cart_lines SET quantity = 2 WHERE cart_id = :it"), {"it": cart.id})
            carts.settle(held)
            placing = pool.submit(order)
            deadline = time.monotonic() + 30
            while not _waits():
                assert time.monotonic() < deadline
        with pytest.raises(PriceChanged) as refused:
            placing.result(30)
    assert refused.value.total.amount == 9600


def _waits() -> bool:
    """Whether the order has come to the cart that somebody else holds."""
    with db.engine().connect() as other:
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        return bool(other.scalar(text(f"{waiting} AND wait_event_type = 'Lock'")))
