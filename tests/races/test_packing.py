"""Twenty members of staff press "packed" at once, and one of them cancels."""

import pytest
from sqlalchemy import func, select

from storefront.accounts import signing
from storefront.accounts.models import Account
from storefront.office.orders import page
from storefront.orders.models import Order, StateChange
from storefront.platform import db, guard, http
from tests.characters import a_kettle, charlie
from tests.people import an_account
from tests.races.buying import elsewhere
from tests.races.crowd import post
from tests.races.town import Town, lingering
from tests.races.wire import Answer, Request
from tests.shopping import an_order

pytestmark = pytest.mark.race


def test_packed_twenty_times_it_is_packed_once_and_everybody_sees_it(town: Town) -> None:
    order, cookie = an_order((a_kettle(10), 1)), at_the_desk()
    with lingering("fulfilments", 0.02):
        answers = town.rush(press(order, "packing", cookie) for _ in range(20))
    assert {where(answer) for answer in answers} == {f"/admin/orders/{order.number}"}
    assert times(order, "packed") == 1


def test_without_the_orders_lock_it_is_packed_again_and_again(lawless_town: Town) -> None:
    order, cookie = an_order((a_kettle(10), 1)), at_the_desk()
    with lingering("fulfilments", 0.3):  # So long that others come, however busy the machine is.
        lawless_town.rush(press(order, "packing", cookie, without="order-lock") for _ in range(20))
    assert times(order, "packed") > 1


def test_packed_and_cancelled_at_once_it_is_one_of_the_two(town: Town) -> None:
    kettle, cookie = a_kettle(20), at_the_desk()
    orders = [an_order((kettle, 1)) for _ in range(10)]
    presses = [press(order, step, cookie) for order in orders for step in ("packing", "cancellation")]
    answers = town.rush(presses)
    # On a machine that is busy with everything else some are asked to come again; nothing happened to those.
    assert {answer.status for answer in answers} <= {303, 409, 503}
    assert max(times(order, "packed") + times(order, "cancelled") for order in orders) == 1


def at_the_desk() -> str:
    """The cookie of Charlie, who is signed in with everything that staff need."""
    account = an_account(charlie, "orders")
    with db.transaction() as session:
        session.get_one(Account, account.id).totp_secret = guard.one_time_codes().generate_totp_secret()
        key = signing.begin(account.id, "Firefox on Linux", "given")
    return f"{http.cookie_name(signing.COOKIE)}={key}"


def press(order: Order, step: str, cookie: str, without: str = "") -> Request:
    form = {"seen": page.numbered(order.number).seen, "reason": "The customer called"}
    path = f"/admin/orders/{order.number}/{step}"
    return post(path, form, buyer=elsewhere(), cookie=cookie, without=without)


def where(answer: Answer) -> str:
    """Where a press leads to, or which page says that it is done already."""
    told = answer.location.partition("?")[0]
    return told or f"{answer.status}"


def times(order: Order, state: str) -> int:
    """How often it came into a state."""
    steps = select(func.count()).where(StateChange.order_id == order.id, StateChange.to_state == state)
    return db.session.scalar(steps) or 0
