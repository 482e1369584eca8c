"""A crowd buys while the merchant reprices five thousand products and counts the best seller by file."""

import io
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from statistics import quantiles

import pytest
from sqlalchemy import func, select, text

from storefront.catalog.bulk.actions import ChangeMany, change_many
from storefront.catalog.bulk.models import BulkChange
from storefront.catalog.bulk.repricing import Repricing
from storefront.catalog.models import Price, Product, Variant
from storefront.catalog.uploaded import queries, taking
from storefront.catalog.uploaded.actions import confirm
from storefront.catalog.uploaded.models import Upload
from storefront.inventory.models import Stock
from storefront.orders.models import Order
from storefront.platform import db
from storefront.platform.acting import Actor, acting_as
from tests.characters import a_kettle
from tests.races import crowd
from tests.races.buying import Buyer, buyers
from tests.races.town import violations
from tests.races.wire import Request
from tests.trials.shop import opened

pytestmark = [pytest.mark.trial, pytest.mark.race, pytest.mark.processes]
PRODUCTS = int(os.environ.get("TRIAL_PRODUCTS", "5000"))
AT_ONCE = 4
QUIET = 20  # seconds
BUYERS = int(os.environ.get("TRIAL_BUYERS", "60000"))  # more than come
PATIENCE = 3600  # seconds for the worker, also on a busy machine
PRICE = 1000
CHARLIE = Actor("staff", "7")
GOODS = """
WITH made AS (
    INSERT INTO products (slug, title, description, brand, tags, status, option_names, price_from,
        created_at, updated_at, published_at)
    SELECT 'mug-' || n, 'Mug no. ' || n, '', '', '{}', 'active', '{}', :price, now(), now(), now()
    FROM generate_series(1, :products) n
    RETURNING id
), choices AS (
    INSERT INTO variants (product_id, sku, barcode, option_values, position, tracked)
    SELECT id, 'MUG-' || id, '', '{}', 0, false FROM made RETURNING id
)
INSERT INTO prices (variant_id, currency, amount) SELECT id, 'EUR', :price FROM choices
"""


@dataclass
class Till:
    """What buyers were told, and how long they waited."""

    url: str
    fresh: list[Buyer]
    waits: list[float] = field(default_factory=list)
    outcomes: Counter[int] = field(default_factory=Counter)

    def serve(self, over: Iterator[bool]) -> float:
        """Let them buy until it is over; the wait that one of twenty exceeds, in seconds."""
        self.waits.clear()
        for answer in crowd.crowd(self.url, self._requests(over), at_once=AT_ONCE):
            self.outcomes[answer.status] += 1
            self.waits.append(answer.seconds)
            assert answer.status in (303, 409), f"{answer.status}: {answer.trouble} {answer.text[:2000]}"
        return quantiles(self.waits, n=20)[-1]

    def _requests(self, over: Iterator[bool]) -> Iterator[Request]:
        while not next(over):
            assert self.fresh, "more buyers are needed"
            yield self.fresh.pop().buys()


@dataclass
class Merchant:
    """What Charlie has the worker do, one step after the other, looked after between two buyers."""

    hot: Variant
    slug: str
    bulk: int
    counts: list[int] = field(default_factory=lambda: [70_000, 80_000, 90_000])
    counted: int = 0
    upload: int = 0

    def over(self) -> Iterator[bool]:
        """Whether the worker is done with everything; it is asked twice a second."""
        until, look = time.monotonic() + PATIENCE, time.monotonic()
        with acting_as(CHARLIE):
            while True:
                assert time.monotonic() < until, "the worker takes too long"
                if time.monotonic() < look:
                    yield False
                    continue
                look = time.monotonic() + 0.5
                yield self._go_on()

    def _go_on(self) -> bool:
        state = db.session.scalar(select(Upload.state).where(Upload.id == self.upload))
        finished = db.session.scalar(select(BulkChange.finished_at).where(BulkChange.id == self.bulk))
        db.release()
        if state == "rehearsed":
            confirm(self.upload)
        elif state in (None, "imported") and self.counts:
            self.counted = self.counts.pop(0)
            self.upload = taking.take(self._file(), "counts.csv", with_stock=True)
            return False
        assert state in (None, "rehearsing", "rehearsed", "importing", "imported")
        assert queries.counts(self.upload, rehearsed=False).get("refused") is None
        return finished is not None and state == "imported"

    def _file(self) -> io.BytesIO:
        head = "Handle,Title,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price"
        row = f"{self.slug},Kettle,{self.hot.sku},shopify,{self.counted},48.00"
        return io.BytesIO(f"{head}\n{row}\n".encode())


@pytest.mark.timeout(5400)
def test_a_crowd_buys_while_the_merchant_changes_everything(var: Path) -> None:
    with opened(var) as shop:
        hot, mugs = a_kettle(60_000), goods()
        slug = db.session.get_one(Product, hot.product_id).slug
        before = deadlocks()
        crowd_of = buyers(
            {hot.id: 1} | ({random.choice(mugs): 1} if n % 4 == 0 else {}) for n in range(BUYERS)
        )
        db.release()
        till = Till(shop.url, crowd_of)
        till.serve(for_so_long(QUIET / 4))  # Whatever is done once is done before anybody measures.
        quiet = till.serve(for_so_long(QUIET))
        sold = till.outcomes[303]
        merchant = Merchant(hot, slug, begun())
        storm = till.serve(merchant.over())
        print(
            f"p95 {quiet * 1000:.0f} ms in quiet, {storm * 1000:.0f} ms in the storm: {storm / quiet:.2f} x"
        )
        print(f"{sold} sold in quiet, then {till.outcomes[303] - sold}; {till.outcomes[409]} asked again")
        assert till.outcomes[303] > sold
        nothing_is_lost(merchant, till)
        assert deadlocks() == before
        assert violations() == []
        assert storm <= 2 * quiet


def a_wish(number: int, hot: int, mugs: list[int]) -> dict[int, int]:
    """Everybody wants the best seller, and every fourth one a mug with it."""
    return {hot: 1} | ({random.choice(mugs): 1} if number % 4 == 0 else {})


def goods() -> list[int]:
    """Mugs that nobody counts, by variant."""
    with db.transaction() as session:
        session.execute(text(GOODS), {"price": PRICE, "products": PRODUCTS})
        return list(session.scalars(select(Variant.id).where(Variant.tracked.is_(False))))


def begun() -> int:
    """Charlie has all mugs cost a tenth more."""
    with acting_as(CHARLIE):
        ids = tuple(db.session.scalars(select(Product.id).where(Product.slug.startswith("mug-"))))
        return change_many(ChangeMany("reprice", ids, Repricing(percent=Decimal(10))))


def nothing_is_lost(merchant: Merchant, till: Till) -> None:
    """Each price rose once, the last count holds, and every sale is promised its unit."""
    mugs = select(Price.amount).join(Variant, Variant.id == Price.variant_id).where(~Variant.tracked)
    assert set(db.session.scalars(mugs)) == {PRICE * 11 // 10}
    bulk = db.session.get_one(BulkChange, merchant.bulk)
    assert (bulk.done, bulk.changed, bulk.refused) == (PRODUCTS, PRODUCTS, [])
    shelf = db.session.get_one(Stock, merchant.hot.id)
    assert (shelf.on_hand, shelf.reserved) == (merchant.counted, till.outcomes[303])
    assert db.session.scalar(select(func.count(Order.id))) == till.outcomes[303]
    db.release()


def deadlocks() -> int:
    found = db.session.scalar(
        text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    )
    db.release()
    return int(found or 0)


def for_so_long(seconds: float) -> Iterator[bool]:
    until = time.monotonic() + seconds
    while True:
        yield time.monotonic() >= until
