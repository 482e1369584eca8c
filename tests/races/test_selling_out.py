"""Many want the same few things at once: nothing is sold twice, and nobody waits for ever."""

import random
from collections import Counter
from time import perf_counter

import pytest

from storefront.inventory import queries as stock
from tests.characters import a_kettle
from tests.races.buying import Buyer, buyers
from tests.races.town import Town, deadlocks, lingering, violations
from tests.races.wire import Answer

pytestmark = [pytest.mark.race, pytest.mark.timeout(300)]


def test_ten_kettles_go_to_ten_of_four_hundred_buyers(town: Town) -> None:
    kettle = a_kettle(10)
    crowd = buyers([{kettle.id: 1}] * 400)
    with lingering("stock", 0.05):
        began = perf_counter()
        answers = town.rush(buyer.buys() for buyer in crowd)
    slowest = max(answer.seconds for answer in answers)
    print(
        f"400 buyers had their answers after {perf_counter() - began:.1f} s, the last after {slowest:.1f} s"
    )
    assert outcomes(answers) == {303: 10, 409: 390}
    assert len({answer.location for answer in answers if answer.status == 303}) == 10
    assert stock.available([kettle.id]) == {kettle.id: 0}
    refused = next(answer for answer in answers if answer.status == 409)
    assert "<h1" in refused.text


def test_without_the_lock_kettles_are_sold_that_are_not_there(lawless_town: Town) -> None:
    kettle = a_kettle(10)
    crowd = buyers([{kettle.id: 1}] * 60)
    with lingering("stock", 0.05):
        answers = lawless_town.rush(buyer.buys(without="stock-lock") for buyer in crowd)
    assert outcomes(answers)[303] > 10
    assert "I3" in {found.partition(":")[0] for found in violations()}  # More is promised than counted.


def test_six_hundred_carts_of_four_of_eight_kettles_never_lock_one_another_out(town: Town) -> None:
    crowd = four_of_eight(600)
    before = deadlocks(town)
    with lingering("stock", 0.005):
        answers = town.rush(buyer.buys() for buyer in crowd)
    assert outcomes(answers) == {303: 600}
    assert deadlocks(town) == before


def test_without_the_order_of_locks_they_do(lawless_town: Town) -> None:
    before = deadlocks(lawless_town)
    with lingering("stock", 0.005):
        for _ in range(10):  # The first sixty usually do.
            lawless_town.rush(buyer.buys(without="lock-order") for buyer in four_of_eight(60))
            if deadlocks(lawless_town) > before:
                return
    pytest.fail("six hundred carts, and nobody was in anybody's way")


def four_of_eight(carts: int) -> list[Buyer]:
    """Buyers who each want four of the same eight kettles, put into their carts in any order."""
    kettles = [a_kettle(10_000).id for _ in range(8)]
    return buyers(dict.fromkeys(random.sample(kettles, 4), 1) for _ in range(carts))


def outcomes(answers: list[Answer]) -> Counter[int]:
    """How many answers of each status; 0 stands for none."""
    return Counter(answer.status for answer in answers)
