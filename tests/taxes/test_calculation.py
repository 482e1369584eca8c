"""Net, tax and shares are whole minor units that always add up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.taxes.calculation import Taxed, by_rate, split, taxed

amounts = st.integers(0, 10**10)
rates = st.decimals(0, Decimal("0.9999"), places=4)
weights = st.lists(st.integers(0, 10**9), max_size=12)


@pytest.mark.parametrize(
    ("gross", "rate", "tax"),
    [
        (11900, "0.19", 1900),
        (4800, "0.19", 766),  # 766.39
        (1999, "0.07", 131),  # 130.78
        (107, "0.07", 7),
        (3, "0.5", 1),
        (1, "0.19", 0),  # 0.16
        (3, "0.20", 1),  # 0.5 is rounded up
        (0, "0.19", 0),
    ],
)
def test_tax_within_a_price(gross: int, rate: str, tax: int) -> None:
    assert taxed(gross, Decimal(rate), included=True) == Taxed(gross - tax, tax, Decimal(rate))


@pytest.mark.parametrize(
    ("net", "rate", "tax"), [(10000, "0.19", 1900), (50, "0.07", 4), (250, "0.10", 25), (5, "0.10", 1)]
)
def test_tax_on_top_of_a_price(net: int, rate: str, tax: int) -> None:
    assert taxed(net, Decimal(rate), included=False) == Taxed(net, tax, Decimal(rate))


@given(amounts, rates)
def test_net_and_tax_are_the_price_that_includes_them(gross: int, rate: Decimal) -> None:
    part = taxed(gross, rate, included=True)
    assert part.gross == gross
    assert 0 <= part.tax <= gross
    exact = gross * rate / (1 + rate)
    assert abs(part.tax - exact) <= Decimal("0.5")


@given(amounts, rates)
def test_tax_on_top_leaves_the_net_alone(net: int, rate: Decimal) -> None:
    part = taxed(net, rate, included=False)
    assert part.net == net
    assert abs(part.tax - net * rate) <= Decimal("0.5")


@given(amounts, weights)
def test_shares_add_up_to_the_total(total: int, parts: list[int]) -> None:
    shares = split(total, parts)
    assert len(shares) == len(parts)
    assert sum(shares) == (total if sum(parts) else 0)


@given(amounts, weights.filter(any))
def test_no_share_is_a_unit_away_from_its_due(total: int, parts: list[int]) -> None:
    for share, weight in zip(split(total, parts), parts, strict=True):
        assert abs(share - Decimal(total) * weight / sum(parts)) < 1


@given(weights.filter(any), st.integers(0, 100))
def test_a_discount_never_exceeds_its_line(lines: list[int], percent: int) -> None:
    total = sum(lines) * percent // 100
    assert all(0 <= share <= line for share, line in zip(split(total, lines), lines, strict=True))


def test_the_largest_remainder_gets_the_odd_cent() -> None:
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(10, [5, 3, 2]) == [5, 3, 2]
    assert split(1, [1, 2]) == [0, 1]


taxed_parts = st.builds(
    Taxed, st.integers(0, 10**9), st.integers(0, 10**8), st.sampled_from([Decimal("0.19"), Decimal("0.07")])
)


@given(st.lists(taxed_parts))
def test_sums_by_rate_lose_nothing(parts: list[Taxed]) -> None:
    sums = by_rate(parts)
    assert sum(part.gross for part in sums) == sum(part.gross for part in parts)
    assert [part.rate for part in sums] == sorted({part.rate for part in parts}, reverse=True)
