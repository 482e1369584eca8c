"""Staff change products, prices and stock while others do the same and a crowd buys."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from storefront.catalog import changing
from storefront.catalog.actions import edit_product
from storefront.catalog.bulk.actions import ChangeMany, carry_out, change_many
from storefront.catalog.bulk.repricing import Repricing
from storefront.catalog.models import Price, Product
from storefront.catalog.refusals import Stale
from storefront.catalog.wanted import EditProduct, ProductFacts
from storefront.inventory import stock
from storefront.inventory.actions import Adjust, CountShelf, adjust_stock, count_stock
from storefront.inventory.models import Stock
from storefront.inventory.refusals import CountedMeanwhile
from storefront.orders.models import Order
from storefront.platform import db
from storefront.platform.acting import Actor, acting_as
from tests.characters import a_kettle, a_product, a_variant
from tests.races.buying import buyers
from tests.races.town import Town

pytestmark = pytest.mark.race
CHARLIE = Actor("staff", "7")


def at_once(app: Flask, *works: Callable[[], Any]) -> list[Any]:
    """Everything in the same moment, each in a thread of its own; what each gave, or what it raised."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        with app.app_context(), acting_as(CHARLIE):
            gate.wait(30)
            try:
                return work()
            except (Stale, CountedMeanwhile) as refusal:
                return refusal

    db.release()
    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def edits(product: Product) -> list[Callable[[], int]]:
    def edit(brand: str) -> Callable[[], int]:
        facts = ProductFacts(product.title, product.slug, brand=brand, status="active")
        return lambda: edit_product(product.id, EditProduct(1, facts))

    return [edit("Kiln"), edit("Common")]


def test_of_two_who_edit_one_product_one_is_told(app: Flask, database: None) -> None:
    product = a_product("Jug")
    answers = at_once(app, *edits(product))
    assert sorted(type(answer).__name__ for answer in answers) == ["Stale", "int"]


def test_without_the_lock_the_first_ones_words_are_lost(
    app: Flask, database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    product, both, looked = a_product("Jug"), threading.Barrier(2), changing.expect

    def look(*seen: Any) -> None:
        looked(*seen)
        both.wait(30)

    monkeypatch.setattr(changing, "lock_product", lambda _product_id: True)
    monkeypatch.setattr(changing, "expect", look)
    answers = at_once(app, *edits(product))
    assert sorted(answers) == [2, 3]


def test_differences_all_count(app: Flask, database: None) -> None:
    kettle = a_kettle(10)
    at_once(app, *[lambda: adjust_stock(kettle.id, Adjust(1))] * 20)
    assert db.session.get_one(Stock, kettle.id).on_hand == 30


def test_without_the_lock_some_are_lost(app: Flask, database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    kettle, gate = a_kettle(10), threading.Barrier(3)
    unlocked = text("SELECT on_hand, reserved FROM stock WHERE variant_id = :variant")

    def look(variant_id: int) -> stock.Count:
        row = db.inside().session.execute(unlocked, {"variant": variant_id}).one()
        gate.wait(30)
        return stock.Count(row.on_hand, row.reserved)

    monkeypatch.setattr(stock, "lock", look)
    at_once(app, *[lambda: adjust_stock(kettle.id, Adjust(1))] * 3)
    assert db.session.get_one(Stock, kettle.id).on_hand == 11


def test_of_two_counts_one_is_asked_to_look_again(app: Flask, database: None) -> None:
    kettle = a_kettle(10)
    counts = [
        lambda: count_stock(kettle.id, CountShelf(10, 50)),
        lambda: count_stock(kettle.id, CountShelf(10, 7)),
    ]
    answers = at_once(app, *counts)
    assert sorted(type(answer).__name__ for answer in answers) == ["CountedMeanwhile", "int"]


def test_stock_is_set_to_fifty_while_a_hundred_buy(town: Town) -> None:
    kettle = a_kettle(120)
    crowd = buyers([{kettle.id: 1}] * 100)
    worker = threading.Thread(target=_in(town, lambda: count_stock(kettle.id, CountShelf(120, 150))))
    worker.start()
    answers = town.rush(buyer.buys() for buyer in crowd)
    worker.join()
    assert [answer.status for answer in answers] == [303] * 100
    found = db.session.get_one(Stock, kettle.id)
    assert (found.on_hand, found.reserved) == (150, 100)


def test_prices_of_all_change_while_a_crowd_buys(town: Town) -> None:
    kettles = [a_variant(a_product(f"Kettle {n}"), price=1000, tracked=False) for n in range(30)]
    before = deadlocks()
    crowd = buyers([{one.id: 1, two.id: 2} for one, two in zip(kettles, reversed(kettles), strict=True)] * 2)
    with acting_as(CHARLIE):
        ids = tuple(kettle.product_id for kettle in kettles)
        bulk_id = change_many(ChangeMany("reprice", ids, Repricing(percent=Decimal(10))))
    worker = threading.Thread(target=_in(town, lambda: carry_out(bulk_id)))
    worker.start()
    answers = town.rush(buyer.buys() for buyer in crowd)
    worker.join()
    # On a busy machine some wait too long; they are told so, and charged nothing.
    assert {answer.status for answer in answers} <= {303, 409, 503}
    assert set(db.session.scalars(select(Price.amount))) == {1100}
    assert set(db.session.scalars(select(Order.total))) <= {3000}
    assert deadlocks() == before


def _in(town: Town, work: Callable[[], Any]) -> Callable[[], None]:
    def run() -> None:
        with town.app.app_context(), acting_as(CHARLIE):
            work()

    return run


def deadlocks() -> int:
    db.release()
    asked = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    found = int(db.session.scalar(asked) or 0)
    db.release()
    return found
