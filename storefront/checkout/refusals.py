"""Every polite "no" of the checkout, with what the shopper needs to go on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from storefront.cart.basket import Line
from storefront.platform import i18n
from storefront.platform.errors import NotFound, Refusal
from storefront.platform.money import Money


class Unplaced(Refusal):
    """An order that did not come about."""

    @property
    def short(self) -> list[tuple[Line, int]]:
        """The lines that stand in the way, each with how many are left of it."""
        return []


@dataclass
class Closed(Unplaced):
    """The shop takes no orders right now."""

    until: datetime | None
    status = 503
    code = "closed"

    def message(self) -> str:
        return _("We are not taking orders right now. Your cart is kept, and nothing was ordered.")


class EmptyCart(Unplaced):
    """There is nothing to buy."""

    code = "empty-cart"

    def message(self) -> str:
        return _("Your cart is empty, so there is nothing to order yet.")


class CartMistaken(Unplaced):
    """The page was made for another cart than the visitor has now."""

    code = "cart-mistaken"

    def message(self) -> str:
        return _("Your cart is not the one this page was made for. Nothing was ordered yet.")


@dataclass
class OutOfStock(Unplaced):
    """Some lines want more than is left: each with how many are."""

    lines: list[tuple[Line, int]]
    code = "out-of-stock"

    @property
    def short(self) -> list[tuple[Line, int]]:
        return self.lines

    def facts(self) -> dict[str, Any]:
        return {"lines": [_fact(line) | {"available": left} for line, left in self.lines]}

    def message(self) -> str:
        return _("Somebody was faster: there is not enough left of what you chose. Nothing was ordered.")


@dataclass
class CannotBeBought(Unplaced):
    """Some lines are no longer sold."""

    lines: list[Line]
    code = "no-longer-sold"

    @property
    def short(self) -> list[tuple[Line, int]]:
        return [(line, 0) for line in self.lines]

    def facts(self) -> dict[str, Any]:
        return {"lines": [_fact(line) for line in self.lines]}

    def message(self) -> str:
        return _("Something in your cart is no longer sold. Nothing was ordered.")


@dataclass
class PriceChanged(Unplaced):
    """The total is not the one the shopper saw."""

    total: Money
    total_seen: Money
    code = "price-changed"

    def facts(self) -> dict[str, Any]:
        return {"total": {"amount": self.total.amount, "currency": self.total.currency}}

    def message(self) -> str:
        return _(
            "The total is now %(new)s; you saw %(old)s. Nothing was ordered yet.",
            new=self.total.format(),
            old=self.total_seen.format(),
        )


@dataclass
class PriceDiffers(Unplaced):
    """Some lines cost something else than whoever buys them saw."""

    lines: list[Line]
    code = "price-differs"

    def facts(self) -> dict[str, Any]:
        return {"lines": [_fact(line) | {"unit_price": line.price} for line in self.lines]}

    def message(self) -> str:
        return _("Something costs something else now. Nothing was ordered.")


class NotOffered(Unplaced):
    """This way of delivery or payment is not offered, or they do not go together."""

    status = 422
    code = "not-offered"

    def message(self) -> str:
        return _("This way of payment does not go with this way of delivery. Please choose again.")


@dataclass
class NotDelivered(Unplaced):
    """The address is missing, or in a country that nothing is delivered to."""

    country: str | None
    status = 422
    code = "not-delivered"

    def message(self) -> str:
        if self.country is None:
            return _("Please tell us where to deliver your order.")
        return _("We do not deliver to %(country)s. Please choose again.", country=i18n.country(self.country))


class TooFast(Refusal):
    """The form came again and again."""

    status = 429
    code = "too-fast"

    def message(self) -> str:
        return _("You sent this very often just now. Please wait a minute, then send it again.")


class AlreadyPacked(Refusal):
    """It is too late to cancel: the goods are packed or gone."""

    code = "already-packed"

    def message(self) -> str:
        return _("Your order is already packed, so it can no longer be cancelled here. Please contact us.")


@dataclass
class NoSuchOrder(NotFound):
    """No order has this number."""

    number: str
    code = "no-such-order"

    def message(self) -> str:
        return _("There is no order %(number)s.", number=self.number)


def _fact(line: Line) -> dict[str, Any]:
    return {"variant_id": line.variant_id, "sku": line.sku, "quantity": line.quantity}
