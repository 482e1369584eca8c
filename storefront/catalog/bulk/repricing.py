"""What a change of prices makes of a price: pure arithmetic, the same in the preview and when it happens."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from storefront.platform.money import half_up

MAX_PERCENT = 1000


@dataclass(frozen=True, slots=True)
class Repricing:
    """So many percent, or so much, up or down; then to the next step, such as 5 or 100 minor units."""

    percent: Decimal = Decimal(0)
    amount: int = 0
    step: int = 1
    keep_before: bool = False
    """Whether the price before is shown as reduced, where the new one is lower."""

    @classmethod
    def read(cls, wish: dict[str, Any]) -> Self:
        """As `said` wrote it."""
        return cls(Decimal(wish["percent"]), wish["amount"], wish["step"], wish["keep_before"])

    def said(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "percent": str(self.percent),
            "amount": self.amount,
            "step": self.step,
            "keep_before": self.keep_before,
        }

    def price(self, before: int) -> int:
        """The new price in minor units; below nothing it does not go."""
        exact = before * (1 + self.percent / 100) + self.amount
        return max(0, half_up(exact / self.step) * self.step)

    def compare_at(self, before: int, compare_at: int | None) -> int | None:
        """What is shown as the price before."""
        after = self.price(before)
        if self.keep_before and after < before:
            return max(before, compare_at or 0)
        return compare_at if compare_at is not None and compare_at > after else None
