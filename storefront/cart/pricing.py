"""What a basket costs: pure arithmetic, the same on the cart page and at the till."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from storefront.cart.basket import Line
from storefront.platform.money import Money
from storefront.shipping.methods import DeliveryMethod
from storefront.shop.terms import Terms
from storefront.taxes.calculation import Taxed, by_rate, taxed

SHIPPING_CLASS = "standard"


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line, its discount and its net and tax."""

    line: Line
    discount: int
    taxed: Taxed


@dataclass(frozen=True, slots=True)
class Quote:
    """Everything the order will say about money, in minor units of `currency`."""

    currency: str
    prices_include_tax: bool
    lines: tuple[PricedLine, ...]
    items: int
    """The lines as shown: with tax where prices include it."""
    discount: int
    shipping_price: int
    """As shown, like `items`."""
    shipping: Taxed
    taxes: tuple[Taxed, ...]
    """By rate, highest first, shipping included."""

    @property
    def tax(self) -> int:
        return sum(part.tax for part in self.taxes)

    @property
    def total(self) -> Money:
        """What is paid, tax always in it."""
        return Money(sum(part.gross for part in self.taxes), self.currency)


def quote(lines: Sequence[Line], shop: Terms, rates: dict[str, Decimal], method: DeliveryMethod) -> Quote:
    """Price lines that go a certain way, at the shop's own rates."""
    included = shop.prices_include_tax
    nothing = Decimal(0)
    priced = tuple(
        PricedLine(line, 0, taxed(line.total, rates.get(line.tax_class, nothing), included=included))
        for line in lines
    )
    price = method.price(shop)
    shipping = taxed(price, rates.get(SHIPPING_CLASS, nothing), included=included)
    return Quote(
        currency=shop.currency,
        prices_include_tax=included,
        lines=priced,
        items=sum(line.total for line in lines),
        discount=0,
        shipping_price=price,
        shipping=shipping,
        taxes=tuple(by_rate([*(part.taxed for part in priced), shipping])),
    )
