"""Two tabs of one visitor at the same moment, with real commits; and what happens without the lock."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Select, text

from storefront.cart import actions, carts, queries
from storefront.cart.actions import add_to_cart, change_line
from storefront.cart.models import Cart
from storefront.cart.queries import Added
from storefront.catalog.models import Variant
from storefront.config import Settings
from storefront.platform import db
from tests.characters import a_kettle

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("database")]
WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
def tabs(app: Flask) -> Iterator[Callable[..., list[Any]]]:
    """`tabs(change, ...)` does all changes at the same moment; a refusal is an answer too."""
    with ThreadPoolExecutor(4) as pool:

        def run(*changes: Callable[[], Any]) -> list[Any]:
            start = Barrier(len(changes))

            def one(change: Callable[[], Any]) -> Any:
                with app.app_context():
                    start.wait(10)
                    try:
                        return change()
                    except Exception as error:  # noqa: BLE001 - whatever it is, the test looks at it
                        return error
                    finally:
                        db.release()

            return list(pool.map(one, changes))

        yield run


def lines_of(token: str) -> dict[str, int]:
    return {line.sku: line.quantity for line in queries.contents(token).lines}


def putting(token: str, thing: Variant, quantity: int = 1) -> Callable[[], Added]:
    return lambda: add_to_cart(token, thing.sku, quantity)


def test_four_tabs_lose_no_unit(tabs: Callable[..., list[Any]]) -> None:
    kettle = a_kettle(units=50)
    token = add_to_cart(None, kettle.sku, 1).token
    for _ in range(5):
        answers = tabs(*[putting(token, kettle)] * 4)
        assert all(isinstance(answer, Added) for answer in answers), answers
    assert lines_of(token) == {kettle.sku: 21}


def test_four_tabs_lose_no_line(tabs: Callable[..., list[Any]]) -> None:
    first, *others = (a_kettle() for _ in range(5))
    token = add_to_cart(None, first.sku, 1).token
    answers = tabs(*[putting(token, thing) for thing in others])
    assert {answer.token for answer in answers} == {token}
    assert lines_of(token) == {thing.sku: 1 for thing in (first, *others)}


def test_four_tabs_do_not_pass_the_most_that_fits(
    tabs: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    small = settings.model_copy(update={"max_cart_lines": 3})
    monkeypatch.setattr(actions, "settings", lambda: small)
    first, *others = (a_kettle() for _ in range(5))
    token = add_to_cart(None, first.sku, 1).token
    answers = tabs(*[putting(token, thing) for thing in others])
    assert sorted(type(answer).__name__ for answer in answers) == ["Added", "Added", "CartFull", "CartFull"]
    assert len(lines_of(token)) == 3


def test_two_units_are_never_more_than_there_are(tabs: Callable[..., list[Any]]) -> None:
    kettle = a_kettle(units=3)
    token = add_to_cart(None, kettle.sku, 1).token
    tabs(*[putting(token, kettle)] * 4)
    assert lines_of(token) == {kettle.sku: 3}


@contextmanager
def _held_open_until_the_other_waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Event, Event]]:
    """The tab that adds waits before its commit until the tab that removes stands in front of a lock.

    Or until that is done, because nothing was locked.
    """
    added, removed, settle = Event(), Event(), carts.settle

    def slowly(cart: Cart) -> None:
        settle(cart)
        if not added.is_set():
            added.set()
            while not (removed.wait(0.01) or _somebody_waits()):
                pass

    monkeypatch.setattr(carts, "settle", slowly)
    yield added, removed


def _somebody_waits() -> bool:
    with db.engine().connect() as connection:
        return bool(connection.scalar(WAITING))


def _remove_the_last_while_another_is_added(
    tabs: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> tuple[Any, str]:
    """What the adding tab was told, and the SKU it added."""
    kettle, cup = a_kettle(), a_kettle()
    token = add_to_cart(None, kettle.sku, 1).token
    last = queries.contents(token).lines[0].id
    with _held_open_until_the_other_waits(monkeypatch) as (added, removed):

        def take_out() -> None:
            assert added.wait(60)
            change_line(token, last, 0)
            removed.set()

        told, _ = tabs(putting(token, cup), take_out)
    return told, cup.sku


def test_the_last_line_goes_while_another_comes(
    tabs: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    told, sku = _remove_the_last_while_another_is_added(tabs, monkeypatch)
    assert lines_of(told.token) == {sku: 1}


def test_without_the_lock_the_line_that_comes_is_lost(
    tabs: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlocked(which: Select[Cart], it: int | str) -> Cart | None:
        return db.inside().session.scalars(which, {"it": it}).first()

    monkeypatch.setattr(carts, "_locked", unlocked)
    told, _sku = _remove_the_last_while_another_is_added(tabs, monkeypatch)
    assert lines_of(told.token) == {}, "the race does not happen any more: the test above proves nothing"
