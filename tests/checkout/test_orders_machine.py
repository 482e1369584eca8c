"""Whatever buyers, staff and time do in whatever order, the books agree and a simple model is right."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from storefront.checkout.actions import cancel_order, expire_one_order, place_order
from storefront.checkout.changing import cancel_lines, take_back
from storefront.checkout.fulfilment import deliver_order, pack_order, ready_order, ship_order
from storefront.checkout.refusals import OutOfStock
from storefront.inventory import queries as stock
from storefront.office import verify
from storefront.orders import queries as orders
from storefront.payments.actions import settle_order
from storefront.payments.queries import current
from storefront.payments.refunds.actions import RefundRequest, refund_order
from storefront.platform import db
from storefront.platform.errors import Refusal
from storefront.platform.money import Money
from tests import characters
from tests.shopping import a_cart, a_wish
from tests.sweeping import sweep
from tests.till import overdue

THINGS, UNITS = 3, 4
PAID_FOR = {"captured", "partially_refunded", "refunded"}
few = st.integers(0, 3)


@dataclass
class Known:
    """An order as the model sees it."""

    id: int
    wanted: dict[int, int]
    home: bool
    transfer: bool
    order: str = "open"
    goods: str = "waiting"
    money: str = ""
    late: bool = False

    def __post_init__(self) -> None:
        self.money = "requires_action" if self.transfer else "authorised"

    @property
    def holds(self) -> bool:
        return self.order == "open" and not self.gone and self.goods != "returned"

    @property
    def gone(self) -> bool:
        return self.goods in ("shipped", "delivered")


@dataclass
class Model:
    """What there was, and every order ever placed."""

    units: dict[int, int] = field(default_factory=dict)
    orders: list[Known] = field(default_factory=list)

    def free(self, thing: int) -> int:
        """What nobody holds or has taken away."""
        taken = (known.wanted.get(thing, 0) for known in self.orders if known.holds or known.gone)
        return self.units[thing] - sum(taken)


class OrdersMachine(RuleBasedStateMachine):
    """Orders, payments and stock, beside a model of them."""

    placed: Bundle[Known] = Bundle("placed")

    def __init__(self) -> None:
        super().__init__()
        sweep(db.engine())
        characters.open_shop()
        self.things = [characters.a_kettle(UNITS) for _ in range(THINGS)]
        self.model = Model({thing.id: UNITS for thing in self.things})

    @rule(target=placed, wants=st.tuples(few, few, few), home=st.booleans(), transfer=st.booleans())
    def somebody_orders(
        self, wants: tuple[int, ...], home: bool, transfer: bool
    ) -> Known | MultipleResults[Known]:
        chosen = [(thing, units) for thing, units in zip(self.things, wants, strict=True) if units]
        if not chosen:
            return multiple()
        wanted = {thing.id: units for thing, units in chosen}
        for thing, units in chosen:
            characters.stocked(thing, self._on_hand(thing.id) + units)  # So that the cart takes it.
        cart = a_cart(*chosen)
        for thing, _units in chosen:
            characters.stocked(thing, self._on_hand(thing.id))
        cash = "cash_on_delivery" if home else "pay_on_pickup"
        wish = a_wish(
            cart,
            delivery="home" if home else "pickup",
            payment="bank_transfer" if transfer else cash,
        )
        fits = all(self.model.free(thing) >= units for thing, units in wanted.items())
        try:
            order = orders.by_token(place_order(cart.token, wish))
        except OutOfStock as refusal:
            assert not fits
            left = {line.variant_id: units for line, units in refusal.lines}
            short = {thing for thing, units in wanted.items() if self.model.free(thing) < units}
            assert left == {thing: self.model.free(thing) for thing in short}
            return multiple()
        assert fits
        assert order is not None
        known = Known(order.id, wanted, home, transfer)
        self.model.orders.append(known)
        return known

    @rule(known=placed)
    def the_buyer_cancels(self, known: Known) -> None:
        allowed = known.order in ("cancelled", "expired") or known.goods == "waiting"
        if self._does(allowed, lambda: cancel_order(known.id)) and known.order == "open":
            known.order = "cancelled"
            known.money = known.money if known.money in PAID_FOR else "voided"

    @rule(known=placed)
    def the_money_comes(self, known: Known) -> None:
        again = known.money in PAID_FOR
        fits = all(self.model.free(thing) >= units for thing, units in known.wanted.items())
        asked = known.order in ("open", "closed") and known.money != "voided"
        allowed = again or asked or (known.order == "expired" and fits)
        if self._does(allowed, lambda: settle_order(known.id)) and not again:
            known.money = "captured"
            known.late = False
            known.order = "closed" if known.goods == "delivered" else "open"

    @rule(known=placed)
    def the_hold_runs_out(self, known: Known) -> None:
        if known.transfer and known.holds and known.goods == "waiting" and known.money not in PAID_FOR:
            overdue(orders.with_id(known.id))
            known.late = True

    @rule()
    def time_passes(self) -> None:
        while expire_one_order():
            pass
        for known in self.model.orders:
            if known.late and known.order == "open":
                known.order, known.money = "expired", "expired"
            known.late = False

    @rule(known=placed)
    def charlie_packs(self, known: Known) -> None:
        self._hands(known, pack_order, "packed", known.goods == "waiting")
        known.late = known.late and known.goods == "waiting"

    @rule(known=placed)
    def charlie_puts_it_on_the_counter(self, known: Known) -> None:
        self._hands(known, ready_order, "ready", known.goods == "packed" and not known.home)

    @rule(known=placed)
    def charlie_ships(self, known: Known) -> None:
        self._hands(known, ship_order, "shipped", known.goods == "packed" and known.home)

    @rule(known=placed)
    def the_customer_has_it(self, known: Known) -> None:
        self._hands(known, deliver_order, "delivered", known.goods in ("ready", "shipped"))
        if known.goods == "delivered" and known.money in PAID_FOR:
            known.order = "closed"

    @rule(known=placed, place=st.integers(0, THINGS - 1))
    def charlie_cancels_a_unit(self, known: Known, place: int) -> None:
        thing = self.things[place].id
        allowed = known.order == "open" and known.goods == "waiting" and known.wanted.get(thing, 0) > 0
        lines = {line.variant_id: line.id for line in orders.with_id(known.id).lines}
        if self._does(allowed, lambda: cancel_lines(known.id, {lines.get(thing, 0): 1})):
            if sum(known.wanted.values()) > 1:
                known.wanted[thing] -= 1
            else:
                known.order = "cancelled"
                known.money = known.money if known.money in PAID_FOR else "voided"

    @rule(known=placed)
    def the_parcel_comes_back(self, known: Known) -> None:
        if self._does(known.gone, lambda: take_back(known.id)):
            known.goods = "returned"
            known.order = "closed"
            known.money = known.money if known.money in PAID_FOR else "voided"

    @rule(known=placed)
    def the_money_goes_back(self, known: Known) -> None:
        payment = current([known.id])[known.id]
        owed = Money(payment.to_refund, payment.currency)
        if self._does(bool(owed), lambda: refund_order(known.id, RefundRequest(owed, "cash"))):
            all_of_it = known.order == "cancelled" or known.goods == "returned"
            known.money = "refunded" if all_of_it else "partially_refunded"

    @invariant()
    def nothing_is_sold_twice(self) -> None:
        shown = stock.available(thing.id for thing in self.things)
        assert shown == {thing.id: self.model.free(thing.id) for thing in self.things}
        assert all(units >= 0 for units in shown.values())

    @invariant()
    def every_state_is_what_the_model_says(self) -> None:
        for known in self.model.orders:
            order = orders.with_id(known.id)
            payment = current([known.id])[known.id]
            found = (order.state, order.fulfilment.state, payment.state)
            assert found == (known.order, known.goods, known.money)

    def teardown(self) -> None:
        """Whatever happened, the books agree."""
        db.release()
        with verify.snapshot() as connection:
            broken = [finding for finding in verify.examine(connection) if finding.violations]
        assert not broken, broken

    def _hands(self, known: Known, move: Callable[[int], None], to: str, allowed: bool) -> None:
        if self._does(allowed and known.order == "open", lambda: move(known.id)):
            known.goods = to

    def _does(self, allowed: bool, change: Callable[[], object]) -> bool:
        """Try a change; it must be refused exactly when the model says so."""
        try:
            change()
        except Refusal:
            assert not allowed
            return False
        assert allowed
        return True

    def _on_hand(self, thing: int) -> int:
        away = sum(known.wanted.get(thing, 0) for known in self.model.orders if known.gone)
        return self.model.units[thing] - away


@pytest.mark.timeout(300)
def test_orders_payments_and_stock_agree_whatever_happens(app: Flask, database: None) -> None:
    run_state_machine_as_test(
        OrdersMachine,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
