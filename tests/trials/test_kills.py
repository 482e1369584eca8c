"""kill -9 in the middle of a buying storm: nothing that a buyer was told is lost, nobody buys twice."""

import os
import random
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest
from sqlalchemy import func, select

from storefront.inventory import queries as stock
from storefront.orders.models import Order
from storefront.platform import clock, db
from storefront.platform.mail import Message
from tests.characters import a_kettle
from tests.races import crowd
from tests.races.buying import Buyer, buyers
from tests.races.town import violations
from tests.trials.shop import TrialShop, opened
from tests.trials.storm import Storm

pytestmark = [pytest.mark.race, pytest.mark.processes]
FEW = 20  # kettles of one kind that everybody wants
BEHIND = timedelta(minutes=5)
PATIENCE = 3600  # seconds until the post has caught up, also on a busy machine
BUYERS = 1500  # more than come in a round
ROUNDS = int(os.environ.get("TRIAL_ROUNDS", "100"))
"""Of the long storm; fewer where it has to be taken in pieces."""


@pytest.mark.timeout(300)
def test_a_killed_worker_and_a_killed_postgres_lose_nothing(var: Path) -> None:
    with opened(var) as shop:
        storm(shop, shop.kill_worker)
        storm(shop, shop.kill_postgres)


@pytest.mark.trial
@pytest.mark.timeout(7200)
def test_a_hundred_kills_lose_nothing(var: Path) -> None:
    silences: list[float] = []
    with opened(var) as shop:
        for number in range(ROUNDS):
            silences.append(storm(shop, victim(shop, number)))
            the_post_goes_out(BEHIND)
        the_post_goes_out(timedelta(0))
        assert violations() == []
    print(f"without a sale: {median(silences):.1f} s in the middle, {max(silences):.1f} s at most")


def victim(shop: TrialShop, number: int) -> Callable[[], None]:
    """Turn and turn about: the shop gives up on a member that ends six times within a minute."""
    return shop.kill_postgres if number % 2 else shop.kill_worker


def the_post_goes_out(behind: timedelta) -> None:
    """A storm owes letters faster than one worker writes them: wait while the oldest is older than this."""
    oldest = select(func.min(Message.created_at)).where(Message.state == "waiting")
    until = time.monotonic() + PATIENCE
    while (since := db.session.scalar(oldest)) is not None and since < clock.now() - behind:
        db.release()
        assert time.monotonic() < until, f"a letter waits since {since}"
        time.sleep(1)
    db.release()


def storm(shop: TrialShop, kill: Callable[[], None]) -> float:
    """One round; how long nothing was sold."""
    rare, common = a_kettle(FEW), a_kettle(100_000)
    crowd_of = buyers([{rare.id if n % 5 == 0 else common.id: 1} for n in range(BUYERS)])
    known = {buyer.cart_id: buyer for buyer in crowd_of}
    wanted_rare = {buyer.cart_id for buyer in crowd_of[::5]}
    wind = Storm(shop.url, deque(crowd_of))
    db.release()
    db.engine().dispose()  # Connections that PostgreSQL leaves behind are of no use.
    killed: list[float] = []

    def strike() -> None:
        killed.append(time.monotonic())
        kill()

    killer = threading.Timer(random.uniform(0.3, 2.0), strike)
    killer.start()
    wind.blow(seconds=5)
    killer.join()
    look(shop, wind, known)
    assert wind.refused <= wanted_rare
    assert stock.available([rare.id]) == {rare.id: FEW - len(wanted_rare & wind.shown.keys())}
    silence = wind.silence_after(killed[0])
    print(
        f"{kill.__name__}: {len(wind.shown)} sold, {len(wind.refused)} refused,"
        f" {len(wind.pressed_again)} pressed again, {silence:.1f} s without a sale"
    )
    return silence


def look(shop: TrialShop, wind: Storm, known: dict[int, Buyer]) -> None:
    """Everything that anybody was told is so, and nothing else."""
    assert [pages for pages in wind.shown.values() if len(pages) > 1] == []
    carts = select(Order).where(Order.cart_id.in_(known))
    orders = {order.cart_id or 0: order for order in db.session.scalars(carts)}
    told = {cart: page.rpartition("/")[2] for cart, (page,) in wind.shown.items()}
    assert {cart: order.token for cart, order in orders.items()} == told
    assert [cart for cart, order in orders.items() if order.total != known[cart].total] == []
    assert wind.refused.isdisjoint(orders)
    again = [known[cart] for cart in (wind.pressed_again | set(random.sample(list(told), 20))) & told.keys()]
    answers = crowd.crowd(shop.url, (buyer.elsewhere().buys() for buyer in again), at_once=4)
    assert {answer.location for answer in answers} == {page for b in again for page in wind.shown[b.cart_id]}
    page = next(crowd.crowd(shop.url, [crowd.get(f"/orders/{told[again[0].cart_id]}")], at_once=1))
    assert orders[again[0].cart_id].number in page.text
    assert violations() == []
