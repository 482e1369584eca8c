"""Everything at once, for five seconds or two minutes: always polite, always right."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from storefront.catalog.models import Product
from storefront.orders.models import Order
from storefront.platform import clock, db
from tests.characters import a_kettle
from tests.races.buying import Buyer, buyers
from tests.races.crowd import get
from tests.races.town import Town
from tests.trials.mix import Mix

pytestmark = pytest.mark.race


def test_five_seconds_of_everything(town: Town) -> None:
    everything(town, seconds=5)


@pytest.mark.trial
@pytest.mark.timeout(600)
def test_two_minutes_of_everything(town: Town) -> None:
    everything(town, seconds=120)


def everything(town: Town, seconds: float) -> None:
    """A mix of all that people do, while the shop is watched."""
    kettles = [a_kettle(units) for units in (3, 30, 300, 30_000)]
    crowd = buyers({random.choice(kettles).id: random.randint(1, 3)} for _ in range(int(seconds * 60)))
    mix = Mix(
        town.server.url,
        ["/", "/cart", *(f"/products/{slug}" for slug in db.session.scalars(select(Product.slug)))],
        [kettle.sku for kettle in kettles],
        crowd[40:],
        owed(town, crowd[:40]),
    )
    mix.run(seconds)
    print(f"{sum(mix.outcomes.values())} answers: {dict(sorted(mix.outcomes.items()))}")
    assert len(mix.placed) == orders_of([buyer.cart_id for buyer in mix.buyers])
    assert {town.send(get(page)).status for page in random.sample([*mix.placed], 5)} == {200}


def owed(town: Town, crowd: list[Buyer]) -> list[int]:
    """Orders by bank transfer; the time of every second one is over in a moment."""
    for buyer in crowd:
        town.send(buyer.buys(payment="bank_transfer"))
    carts = [buyer.cart_id for buyer in crowd]
    ids = list(db.session.scalars(select(Order.id).where(Order.cart_id.in_(carts)).order_by(Order.id)))
    with db.transaction() as session:
        soon = clock.now() + timedelta(seconds=2)
        session.execute(update(Order).where(Order.id.in_(ids[::2])).values(expires_at=soon))
    return ids


def orders_of(carts: list[int]) -> int:
    return db.session.scalar(select(func.count(Order.id)).where(Order.cart_id.in_(carts))) or 0
