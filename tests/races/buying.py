"""Buyers whose carts are full before anybody says go, and what their browsers send."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Self
from uuid import uuid4

from sqlalchemy import insert, select

from storefront.cart.models import Cart, CartLine
from storefront.catalog.models import Price, Variant
from storefront.platform import clock, db
from tests.races.crowd import post
from tests.races.wire import Request

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody with a full cart and an open checkout page."""

    cart_id: int
    cookie: str
    total: int
    number: int = field(default_factory=lambda: next(_numbers))
    """Each has an address of its own on the network."""
    key: str = field(default_factory=lambda: str(uuid4()))

    def elsewhere(self) -> Self:
        """The same person with the same page, somewhere else on the network."""
        return replace(self, number=elsewhere())

    def in_another_tab(self) -> Self:
        """The same person with the same cart and another page."""
        return replace(self, key=str(uuid4()), number=elsewhere())

    def buys(self, *, without: str = "", **changes: str) -> Request:
        """Press the button, once."""
        form = {
            "key": self.key,
            "cart": str(self.cart_id),
            "total_seen": f"EUR {self.total}",
            "name": f"Buyer {self.cart_id}",
            "email": f"buyer-{self.cart_id}@example.com",
            "delivery": "pickup",
            "payment": "pay_on_pickup",
        }
        return post("/orders", form | changes, buyer=self.number, cookie=self.cookie, without=without)


def elsewhere() -> int:
    """An address that nobody else has; whoever presses a button too often from one is slowed down."""
    return next(_numbers)


def buyers(carts: Iterable[Mapping[int, int]]) -> list[Buyer]:
    """One buyer for each cart; a cart tells how many of which variant, in its order."""
    wanted = list(carts)
    now = clock.now()
    with db.transaction() as session:
        prices = {
            row.variant_id: row.amount for row in session.execute(select(Price.variant_id, Price.amount))
        }
        tokens = [secrets.token_urlsafe(24) for _ in wanted]
        ids = session.scalars(
            insert(Cart).returning(Cart.id, sort_by_parameter_order=True),
            [{"token": token, "created_at": now, "touched_at": now} for token in tokens],
        ).all()
        session.execute(insert(CartLine), _lines(ids, wanted, prices, now))
    totals = [sum(prices[variant] * units for variant, units in cart.items()) for cart in wanted]
    return [
        Buyer(cart, f"sf_cart={token}", total) for cart, token, total in zip(ids, tokens, totals, strict=True)
    ]


def a_buyer(*variants: Variant) -> Buyer:
    """Somebody who wants one of each."""
    return buyers([{variant.id: 1 for variant in variants}])[0]


def _lines(
    ids: Sequence[int], wanted: Sequence[Mapping[int, int]], prices: Mapping[int, int], now: Any
) -> list[dict[str, Any]]:
    return [
        {
            "cart_id": cart_id,
            "variant_id": variant,
            "quantity": units,
            "price_seen": prices[variant],
            "added_at": now,
        }
        for cart_id, cart in zip(ids, wanted, strict=True)
        for variant, units in cart.items()
    ]
