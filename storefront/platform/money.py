"""Amounts of money: whole minor units and a currency, never a fraction."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import Self

from babel.numbers import format_currency, get_currency_precision

from storefront.platform.language import spoken

MAX_DIGITS = 14  # before the point: far above any price, far below the 2^63 a bigint column holds after a sum
# Decimal() would take 1e400, 1_000, NaN and every script's digits too.
AMOUNT = re.compile(r"(?P<sign>-)?(?P<whole>[0-9]+)(\.(?P<fraction>[0-9]+))?")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in minor units (cents for EUR, whole yen for JPY) of an ISO 4217 currency."""

    amount: int
    currency: str

    @classmethod
    def parse(cls, text: str, currency: str) -> Self:
        """Read a plain decimal such as "12.50". Raises ValueError for anything else or finer."""
        found = AMOUNT.fullmatch(text.strip())
        if found is None or len(found["whole"]) > MAX_DIGITS:
            raise ValueError(f"{text!r} is not an amount")
        fraction = (found["fraction"] or "").rstrip("0")
        if len(fraction) > exponent(currency):
            raise ValueError(f"{text!r} is finer than {currency} allows")
        minor = int(found["whole"] + fraction.ljust(exponent(currency), "0"))
        return cls(-minor if found["sign"] else minor, currency)

    def __add__(self, other: "Money") -> "Money":
        self._expect_same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._expect_same(other)
        return Money(self.amount - other.amount, self.currency)

    def __mul__(self, count: int) -> "Money":
        return Money(self.amount * count, self.currency)

    def __bool__(self) -> bool:
        return self.amount != 0

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exactly."""
        return Decimal(self.amount).scaleb(-exponent(self.currency))

    def format(self) -> str:
        """As the reader's language writes it, such as "€12.50"."""
        return _format(self.amount, self.currency, spoken())

    def _expect_same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")


@cache
def exponent(currency: str) -> int:
    """How many decimals the currency has (from CLDR, through Babel)."""
    return get_currency_precision(currency)


def half_up(value: Decimal) -> int:
    """Round half away from zero, as invoices do."""
    return int(value.to_integral_value(ROUND_HALF_UP))


# Babel takes longer over the name of a currency than a page over its card, and prices come again.
@lru_cache(maxsize=10_000)
def _format(amount: int, currency: str, locale: str) -> str:
    value = Decimal(amount).scaleb(-exponent(currency))
    return format_currency(value, currency, locale=locale)
