"""A button pressed often, a cart open in two tabs, one thing put in twice: one order, one line."""

import pytest
from sqlalchemy import select

from storefront.cart.models import CartLine
from storefront.inventory import queries as stock
from storefront.orders.models import Order
from storefront.platform import db
from tests.characters import a_kettle
from tests.races.buying import a_buyer, buyers, elsewhere
from tests.races.crowd import get, post
from tests.races.town import Town, lingering, unguarded
from tests.races.wire import Answer

pytestmark = pytest.mark.race


def test_twenty_clicks_on_one_button_are_one_order(town: Town) -> None:
    kettle = a_kettle(10)
    ada = a_buyer(kettle)
    with lingering("orders", 0.05, "AFTER INSERT"):
        answers = town.rush(ada.elsewhere().buys() for _ in range(20))
    page = only_page(answers)
    assert orders_of(ada.cart_id) == 1
    assert stock.available([kettle.id]) == {kettle.id: 9}
    assert town.send(get(page)).status == 200
    assert town.send(ada.elsewhere().buys()).location == page


def test_without_key_and_lock_each_click_is_an_order(lawless_town: Town) -> None:
    ada = a_buyer(a_kettle(100))
    with unguarded(orders="uq_orders_cart_id"):
        with lingering("orders", 0.05, "AFTER INSERT"):
            lawless_town.rush(ada.elsewhere().buys(without="key cart-lock") for _ in range(20))
        assert orders_of(ada.cart_id) > 1


def test_two_tabs_of_one_cart_are_one_order(town: Town) -> None:
    kettle = a_kettle(100)
    crowd = buyers([{kettle.id: 1}] * 20)
    with lingering("orders", 0.05, "AFTER INSERT"):
        answers = town.rush(tab.buys() for buyer in crowd for tab in (buyer, buyer.in_another_tab()))
    for first, second in zip(answers[::2], answers[1::2], strict=True):
        only_page([first, second])
    assert [orders_of(buyer.cart_id) for buyer in crowd] == [1] * 20
    assert stock.available([kettle.id]) == {kettle.id: 80}


def test_without_the_carts_lock_two_tabs_are_two_orders(lawless_town: Town) -> None:
    crowd = buyers([{a_kettle(100).id: 1}] * 20)
    with unguarded(orders="uq_orders_cart_id"):
        with lingering("orders", 0.05, "AFTER INSERT"):
            lawless_town.rush(
                tab.buys(without="cart-lock") for buyer in crowd for tab in (buyer, buyer.in_another_tab())
            )
        assert max(orders_of(buyer.cart_id) for buyer in crowd) == 2


def test_one_thing_put_in_twenty_times_is_one_line_and_one_promise(town: Town) -> None:
    kettle = a_kettle(100)
    ada = a_buyer(kettle)
    line = {"variant": kettle.sku, "quantity": "1"}
    answers = town.rush(post("/cart/lines", line, buyer=elsewhere(), cookie=ada.cookie) for _ in range(20))
    assert {answer.status for answer in answers} == {303}
    assert units_in(ada.cart_id) == [21]
    assert town.send(ada.buys(total_seen=f"EUR {21 * 4800}")).status == 303
    assert stock.available([kettle.id]) == {kettle.id: 79}


def test_without_merging_it_is_many_lines(lawless_town: Town) -> None:
    kettle = a_kettle(100)
    ada = a_buyer(kettle)
    line = {"variant": kettle.sku, "quantity": "1"}
    with unguarded(cart_lines="uq_cart_lines_cart_id_variant_id"):
        lawless_town.rush(
            post("/cart/lines", line, buyer=elsewhere(), cookie=ada.cookie, without="merging cart-lock")
            for _ in range(20)
        )
        assert len(units_in(ada.cart_id)) > 1


def only_page(answers: list[Answer]) -> str:
    """The one page that all of them were sent to."""
    assert {answer.status for answer in answers} == {303}
    (page,) = {answer.location for answer in answers}
    return page


def orders_of(cart_id: int) -> int:
    """How many orders a cart became."""
    return len(db.session.scalars(select(Order.id).where(Order.cart_id == cart_id)).all())


def units_in(cart_id: int) -> list[int]:
    """The units of each line of a cart."""
    return list(db.session.scalars(select(CartLine.quantity).where(CartLine.cart_id == cart_id)))
