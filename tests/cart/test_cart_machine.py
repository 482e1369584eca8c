"""Whatever Ada and the merchant do in whatever order, the cart is what a simple model says."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select, update

from storefront.cart import queries
from storefront.cart.actions import add_to_cart, change_line, keep_what_is_left
from storefront.cart.basket import Line, Problem
from storefront.cart.models import Cart
from storefront.catalog.models import Product, Variant
from storefront.platform import db
from storefront.platform.errors import Refusal
from tests import characters
from tests.sweeping import sweep

THINGS = 3
MOST = 99  # Settings.max_line_quantity
which = st.integers(0, THINGS - 1)
few = st.integers(1, 4)


@dataclass
class Thing:
    """A thing as the model sees it: the shelf, the price, and what Ada has of it."""

    variant: Variant
    units: int = 5
    price: int = 1000
    on_sale: bool = True
    wanted: int = 0
    seen: int = 1000

    @property
    def obtainable(self) -> int:
        return min(self.wanted, self.units) if self.on_sale else 0

    @property
    def problem(self) -> Problem | None:
        if not self.on_sale:
            return Problem.WITHDRAWN
        if self.units < self.wanted:
            return Problem.SHORT if self.units else Problem.SOLD_OUT
        return Problem.PRICE_CHANGED if self.price != self.seen else None


class CartMachine(RuleBasedStateMachine):
    """Ada's cart, beside a model of it."""

    def __init__(self) -> None:
        super().__init__()
        sweep(db.engine())
        characters.open_shop()
        self.things = [Thing(characters.a_kettle(units=5, price=1000)) for _ in range(THINGS)]
        self.token: str | None = None

    @rule(at=which, quantity=st.one_of(few, st.just(MOST)))
    def ada_adds(self, at: int, quantity: int) -> None:
        thing = self.things[at]
        fits = thing.on_sale and thing.wanted + quantity <= min(thing.units, MOST)
        if self._does(fits, lambda: self._add(thing, quantity)):
            thing.wanted, thing.seen = thing.wanted + quantity, thing.price

    @rule(at=which, quantity=st.integers(0, 6), looked=st.booleans())
    def ada_changes(self, at: int, quantity: int, looked: bool) -> None:
        thing = self.things[at]
        line = next((it for it in self._lines() if it.sku == thing.variant.sku), None)
        if line is None:
            return
        shown = line.price if looked else line.price + 1
        fits = quantity == 0 or (thing.on_sale and quantity <= thing.units)
        if self._does(fits, lambda: change_line(self.token, line.id, quantity, shown)):
            thing.wanted = quantity
            if looked:
                thing.seen = thing.price

    @rule()
    def ada_keeps_what_is_left(self) -> None:
        keep_what_is_left(self.token)
        for thing in self.things:
            thing.wanted = thing.obtainable

    @rule(at=which, units=st.integers(0, 5))
    def the_shelf_changes(self, at: int, units: int) -> None:
        self.things[at].units = units
        characters.stocked(self.things[at].variant, units)

    @rule(at=which, price=st.sampled_from([900, 1000, 1100]))
    def the_price_changes(self, at: int, price: int) -> None:
        self.things[at].price = price
        characters.reprice(self.things[at].variant, price)

    @rule(at=which, on_sale=st.booleans())
    def the_merchant_withdraws_or_returns(self, at: int, on_sale: bool) -> None:
        thing = self.things[at]
        thing.on_sale = on_sale
        with db.transaction() as session:
            session.execute(
                update(Product)
                .where(Product.id == thing.variant.product_id)
                .values(status="active" if on_sale else "archived")
            )

    @invariant()
    def the_cart_is_what_the_model_says(self) -> None:
        found = {line.sku: (line.quantity, line.obtainable, line.problem) for line in self._lines()}
        assert found == {
            thing.variant.sku: (thing.wanted, thing.obtainable, thing.problem)
            for thing in self.things
            if thing.wanted
        }

    @invariant()
    def the_sums_are_right(self) -> None:
        contents = queries.contents(self.token)
        items = sum(thing.price * thing.obtainable for thing in self.things if thing.wanted)
        assert contents.items == items
        assert all(quote.total.amount == items + quote.shipping_price for _, quote in contents.ways)
        assert queries.units(self.token) == sum(thing.wanted for thing in self.things)

    @invariant()
    def no_empty_cart_is_kept(self) -> None:
        kept = db.session.scalar(select(func.count()).select_from(Cart))
        assert kept == (1 if any(thing.wanted for thing in self.things) else 0)
        db.release()

    def _add(self, thing: Thing, quantity: int) -> None:
        self.token = add_to_cart(self.token, thing.variant.sku, quantity).token

    def _lines(self) -> tuple[Line, ...]:
        lines = queries.contents(self.token).lines
        db.release()
        return lines

    def _does(self, fits: bool, change: Callable[[], object]) -> bool:
        """Do a change that the model says fits, or see it refused."""
        if fits:
            change()
        else:
            with pytest.raises(Refusal):
                change()
        return fits


def test_any_story_ends_as_the_model_says(app: Flask, database: None) -> None:
    run_state_machine_as_test(
        CartMachine,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
