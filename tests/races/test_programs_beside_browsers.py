"""Programs buy over the API while people press buttons: they stand at the same shelf."""

from collections import Counter
from itertools import chain
from uuid import uuid4

import pytest

from storefront.inventory import queries as stock
from storefront.platform.keys import actions
from tests.characters import a_kettle
from tests.races.buying import buyers, elsewhere
from tests.races.crowd import call
from tests.races.town import Town, lingering, violations

pytestmark = [pytest.mark.race, pytest.mark.timeout(400)]


def test_ten_kettles_among_four_hundred_programs_and_four_hundred_people(town: Town) -> None:
    kettle = a_kettle(10)
    key = actions.create_key("tills", ["orders:write"], ["orders:write"]).shown
    body = {
        "lines": [{"variant_id": kettle.id, "quantity": 1}],
        "contact": {"name": "Buyer", "email": "buyer@example.com"},
        "delivery": "pickup",
        "payment": "pay_on_pickup",
        "total": {"amount": 4800, "currency": "EUR"},
    }
    programs = [
        call("/api/v1/orders", body, key=key, once=str(uuid4()), buyer=elsewhere()) for _ in range(400)
    ]
    people = [buyer.buys() for buyer in buyers([{kettle.id: 1}] * 400)]
    with lingering("stock", 0.02):
        answers = town.rush(chain.from_iterable(zip(programs, people, strict=True)))
    came = Counter(answer.status for answer in answers)
    assert came[201] + came[303] == 10, came
    assert came[409] + came[503] == 790, came  # Who was told that the shop is busy bought nothing.
    assert stock.available([kettle.id]) == {kettle.id: 0}
    assert not violations()
