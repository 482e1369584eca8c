"""Money is whole minor units of one currency, and never becomes a fraction."""

from decimal import Decimal

import pytest
from flask import Flask
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from storefront.platform.money import Money, exponent, half_up

amounts = st.integers(-(10**12), 10**12)
currencies = st.sampled_from(["EUR", "USD", "JPY", "KWD"])


@given(amounts, currencies)
def test_what_is_written_is_read_back(amount: int, currency: str) -> None:
    written = Money(amount, currency)
    assert Money.parse(f"{written.decimal:f}", currency) == written


@given(amounts, amounts, currencies)
def test_sums_and_differences_are_exact(one: int, two: int, currency: str) -> None:
    total = Money(one, currency) + Money(two, currency)
    assert total.amount == one + two
    assert total - Money(two, currency) == Money(one, currency)


@given(amounts, st.integers(0, 999))
def test_a_multiple_is_repeated_addition(amount: int, count: int) -> None:
    assert (Money(amount, "EUR") * count).decimal == Money(amount, "EUR").decimal * count


def test_currencies_do_not_mix() -> None:
    with pytest.raises(ValueError, match="EUR and USD do not add up"):
        Money(1, "EUR") + Money(1, "USD")


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("12.50", "EUR", 1250),
        ("12.5", "EUR", 1250),
        ("12", "EUR", 1200),
        ("12.5000", "EUR", 1250),
        (" 0.05 ", "EUR", 5),
        ("-3.00", "EUR", -300),
        ("500", "JPY", 500),
        ("1.234", "KWD", 1234),
        ("99999999999999.99", "EUR", 9_999_999_999_999_999),
    ],
)
def test_plain_decimals_are_read(text: str, currency: str, amount: int) -> None:
    assert Money.parse(text, currency) == Money(amount, currency)


@pytest.mark.parametrize(
    "text",
    [
        *("", "twelve", "1e3", "1e400", "NaN", "inf", "1_000", "1,50", "1.", ".5", "١٢", "1.5.0", "--1"),
        *("0x10", "1 000", "9" * 15, "1.005", "0." + "0" * 40 + "1"),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an amount|is finer than EUR allows"):
        Money.parse(text, "EUR")


@given(st.text(max_size=20))
def test_no_text_makes_anything_but_an_amount_or_a_refusal(text: str) -> None:
    try:
        money = Money.parse(text, "EUR")
    except ValueError:
        return
    assert money.decimal == Decimal(text.strip())


@pytest.mark.parametrize(("value", "whole"), [("0.5", 1), ("1.5", 2), ("2.5", 3), ("-0.5", -1), ("2.49", 2)])
def test_halves_are_rounded_away_from_zero(value: str, whole: int) -> None:
    assert half_up(Decimal(value)) == whole


def test_nothing_is_false() -> None:
    assert not Money(0, "EUR")
    assert Money(-1, "EUR")


def test_decimals_depend_on_the_currency() -> None:
    assert [exponent(currency) for currency in ("EUR", "JPY", "KWD")] == [2, 0, 3]


@pytest.mark.parametrize(
    ("locale", "written"), [("en", "€1,234.50"), ("de", "1.234,50\xa0€"), ("fr", "1\u202f234,50\xa0€")]
)
def test_it_is_written_as_the_reader_writes(app: Flask, locale: str, written: str) -> None:
    with app.test_request_context(), force_locale(locale):
        assert Money(123_450, "EUR").format() == written


def test_it_is_written_outside_of_a_request_too() -> None:
    assert Money(500, "JPY").format() == "¥500"
