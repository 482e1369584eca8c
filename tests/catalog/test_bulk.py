"""Many products change at once, one after the other, each whole and in the name of who asked."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from storefront.catalog.bulk import actions
from storefront.catalog.bulk.actions import ChangeMany
from storefront.catalog.bulk.models import BulkChange
from storefront.catalog.bulk.repricing import Repricing
from storefront.catalog.refusals import BadWish
from storefront.platform import db, jobs
from storefront.platform.acting import acting_as
from tests.catalog.editing import CHARLIE, a_choice, a_jug, log, price, product, troubles, variants


@pytest.fixture(autouse=True)
def _charlie(database: None) -> Iterator[None]:
    with acting_as(CHARLIE, "request-1"):
        yield
        assert troubles() == []


def change(bulk_id: int) -> BulkChange:
    db.release()
    return db.session.get_one(BulkChange, bulk_id)


@pytest.mark.parametrize(
    ("how", "before", "after"),
    [
        (Repricing(percent=Decimal(10)), 2400, 2640),
        (Repricing(percent=Decimal("-12.5")), 1999, 1749),
        (Repricing(amount=-500), 300, 0),
        (Repricing(percent=Decimal(10), step=100), 2450, 2700),
        (Repricing(amount=50, step=5), 1003, 1055),
    ],
)
def test_what_becomes_of_a_price(how: Repricing, before: int, after: int) -> None:
    assert how.price(before) == after
    assert Repricing.read(how.said()) == how


def test_what_is_shown_as_the_price_before() -> None:
    down = Repricing(percent=Decimal(-10), keep_before=True)
    assert (down.compare_at(1000, None), down.compare_at(1000, 1200)) == (1000, 1200)
    up = Repricing(percent=Decimal(30), keep_before=True)
    assert (up.compare_at(1000, 1200), up.compare_at(1000, 1500)) == (None, 1500)


def test_prices_change_in_the_name_of_who_asked() -> None:
    jugs = [a_jug(a_choice(price=1000 * n)) for n in (1, 2)]
    ids = tuple(jug.id for jug in jugs)
    bulk = actions.change_many(ChangeMany("reprice", ids, Repricing(percent=Decimal(-10))))
    jobs.run_now("catalog.change_in_bulk", bulk_id=bulk)
    assert [price(variants(jug.id)[0]) for jug in jugs] == [(900, None), (1800, None)]
    done = change(bulk)
    assert (done.done, done.changed, done.refused, done.finished_at is None) == (2, 2, [], False)
    assert {(entry.actor_kind, entry.actor_id) for entry in log()[-4:]} == {("staff", "7")}
    jobs.run_now("catalog.change_in_bulk", bulk_id=bulk)
    assert price(variants(jugs[0].id)[0]) == (900, None)


def test_what_is_refused_is_told_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap, dear = a_jug(a_choice(price=1000)), a_jug(a_choice(price=90_000_000))
    up = Repricing(percent=Decimal(100))
    bulk = actions.change_many(ChangeMany("reprice", (dear.id, cheap.id, 12345), up))
    actions.carry_out(bulk)
    done = change(bulk)
    assert (done.done, done.changed) == (3, 1)
    assert [told["product"] for told in done.refused] == sorted([dear.id, 12345])
    assert price(variants(cheap.id)[0]) == (2000, None)


def test_it_goes_on_where_it_stopped() -> None:
    jugs = [a_jug(a_choice(price=1000)) for _n in range(3)]
    ids = tuple(jug.id for jug in jugs)
    bulk = actions.change_many(ChangeMany("reprice", ids, Repricing(amount=100)))
    assert actions._step(bulk, 0, 3, ids[0], "reprice", Repricing(amount=100).said())
    assert not actions._take_turn(bulk, 0, 3, ids[0], "reprice", Repricing(amount=100).said())
    actions.carry_out(bulk)
    assert [price(variants(one)[0])[0] for one in ids] == [1100, 1100, 1100]


def test_many_are_published_and_archived() -> None:
    jugs = [a_jug(status="draft"), a_jug()]
    ids = tuple(jug.id for jug in jugs)
    bulk = actions.change_many(ChangeMany("publish", ids))
    actions.carry_out(bulk)
    assert change(bulk).changed == 1
    actions.carry_out(actions.change_many(ChangeMany("archive", ids)))
    assert {product(one).status for one in ids} == {"archived"}
    actions.carry_out(12345)


def test_nothing_chosen_is_nothing_to_do() -> None:
    with pytest.raises(BadWish):
        actions.change_many(ChangeMany("publish", ()))
