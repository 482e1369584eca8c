"""Split amounts into net and tax, and discounts over lines: pure arithmetic on minor units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from storefront.platform.money import half_up


@dataclass(frozen=True, slots=True)
class Taxed:
    """An amount taken apart: what the shop keeps and what the state gets, at which rate."""

    net: int
    tax: int
    rate: Decimal

    @property
    def gross(self) -> int:
        return self.net + self.tax


def taxed(amount: int, rate: Decimal, *, included: bool) -> Taxed:
    """Tax of an amount that includes it: half-up(gross × rate / (1 + rate)); else half-up(net × rate)."""
    if included:
        tax = half_up(amount * rate / (1 + rate))
        return Taxed(amount - tax, tax, rate)
    return Taxed(amount, half_up(amount * rate), rate)


def by_rate(parts: Iterable[Taxed]) -> list[Taxed]:
    """The sums of net and tax for each rate, highest rate first."""
    sums: dict[Decimal, tuple[int, int]] = {}
    for part in parts:
        net, tax = sums.get(part.rate, (0, 0))
        sums[part.rate] = (net + part.net, tax + part.tax)
    return [Taxed(net, tax, rate) for rate, (net, tax) in sorted(sums.items(), reverse=True)]


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Share a total by weight so that the shares add up exactly (largest remainder, Hamilton)."""
    whole = sum(weights)
    if whole == 0:
        return [0] * len(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return shares
