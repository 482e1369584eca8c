"""Orders that are not paid in time give their goods back, once, and never while somebody is at them."""

import pytest

from storefront.checkout.actions import cancel_order, expire_one_order
from storefront.checkout.fulfilment import pack_order
from storefront.inventory import queries as stock
from storefront.orders import queries as orders
from storefront.payments.actions import settle_order
from storefront.payments.queries import current
from storefront.platform import jobs
from tests.characters import a_kettle
from tests.shopping import an_order
from tests.till import overdue

pytestmark = pytest.mark.usefixtures("database")


def test_what_is_overdue_is_let_go() -> None:
    kettle = a_kettle(5)
    late = [an_order((kettle, 1), payment="bank_transfer") for _ in range(2)]
    in_time = an_order((kettle, 1), payment="bank_transfer")
    for order in late:
        overdue(order)
    jobs.run_now("checkout.expire")
    assert [orders.with_id(order.id).state for order in [*late, in_time]] == ["expired", "expired", "open"]
    assert {current([order.id])[order.id].state for order in late} == {"expired"}
    assert stock.available([kettle.id]) == {kettle.id: 4}
    assert not expire_one_order()


def test_what_is_paid_at_the_counter_waits_as_long_as_it_takes() -> None:
    order = an_order(payment="pay_on_pickup")
    assert order.expires_at is None
    assert not expire_one_order()


def test_money_ends_the_hold() -> None:
    order = an_order(payment="bank_transfer")
    overdue(order)
    settle_order(order.id)
    assert not expire_one_order()
    assert orders.with_id(order.id).expires_at is None


def test_so_does_packing() -> None:
    order = an_order(payment="bank_transfer")
    overdue(order)
    pack_order(order.id)
    assert not expire_one_order()


def test_so_does_calling_it_off() -> None:
    order = an_order(payment="bank_transfer")
    overdue(order)
    cancel_order(order.id)
    assert not expire_one_order()
    assert orders.with_id(order.id).state == "cancelled"
