"""What the checkout page offers, and what the order costs as chosen so far."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from flask_babel import gettext as _

from storefront.cart.basket import Line
from storefront.cart.pricing import Quote, quote
from storefront.payments import methods as payment_methods
from storefront.payments.providers import Method
from storefront.platform.money import Money
from storefront.shipping import methods as delivery_methods
from storefront.shipping.methods import DeliveryMethod
from storefront.shop.models import Shop


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen so far; anything unknown stands for the shop's first offer."""

    delivery: str | None = None
    payment: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of a group of radio buttons."""

    value: str
    label: str
    note: str
    side: str
    checked: bool
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """One basket with every way of delivery and payment that goes with it."""

    lines: tuple[Line, ...]
    ways: tuple[tuple[DeliveryMethod, int], ...]
    """Each with its price, shown like the shop's prices."""
    way: DeliveryMethod
    methods: tuple[Method, ...]
    method: Method | None
    """None when the merchant offers no payment for this way of delivery."""
    quote: Quote
    """Of what can be had right now."""

    @property
    def blocked(self) -> tuple[Line, ...]:
        """The lines that cannot be bought as they stand."""
        return tuple(line for line in self.lines if line.blocked)

    @property
    def short(self) -> list[tuple[Line, int]]:
        """The same lines, each with how many are left of it."""
        return [(line, line.obtainable) for line in self.blocked]

    @property
    def ways_shown(self) -> list[Choice]:
        """The ways of delivery with their prices."""
        return [
            Choice(way.code, str(way.label), str(way.hint), self._cost(price), way is self.way)
            for way, price in self.ways
        ]

    @property
    def methods_shown(self) -> list[Choice]:
        """The ways of payment that fit."""
        return [
            Choice(way.code, str(way.label), str(way.hint), "", way is self.method) for way in self.methods
        ]

    @property
    def button(self) -> str:
        """What the last button says."""
        return str(self.method.button) % {"total": self.quote.total.format()} if self.method else ""

    def _cost(self, amount: int) -> str:
        return Money(amount, self.quote.currency).format() if amount else _("free")


def offer(lines: Sequence[Line], shop: Shop, rates: dict[str, Decimal], chosen: Choices) -> Offer:
    """Everything offered for these lines; a choice that does not exist gives way to the first that does."""
    ways = delivery_methods.offered(shop)
    way = next((way for way in ways if way.code == chosen.delivery), ways[0])
    methods = payment_methods.offered(shop, way.code)
    fitting = [method for method in methods if method.code == chosen.payment] or methods
    obtainable = [replace(line, quantity=line.obtainable) for line in lines if line.obtainable]
    return Offer(
        lines=tuple(lines),
        ways=tuple((way, way.price(shop)) for way in ways),
        way=way,
        methods=tuple(methods),
        method=fitting[0] if fitting else None,
        quote=quote(obtainable, shop, rates, way),
    )
