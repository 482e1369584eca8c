"""A merchant looks at the rates of the own country and corrects them."""

from decimal import Decimal

import pytest
from click.testing import CliRunner

from storefront.shop.actions import describe_shop
from storefront.taxes import queries
from storefront.taxes.commands import taxes


def test_the_rates_of_the_country_are_shown(database: None) -> None:
    done = CliRunner().invoke(taxes)
    assert done.output.splitlines() == ["DE standard = 19 %", "DE reduced = 7 %", "DE zero = 0 %"]


def test_a_country_whose_rates_are_not_known_is_given_some(database: None) -> None:
    describe_shop(country="NO")
    assert "NO standard = not known, so nothing" in CliRunner().invoke(taxes).output
    done = CliRunner().invoke(taxes, ["standard=25", "reduced=12.5", "zero=0"])
    assert done.output.splitlines() == ["NO standard = 25 %", "NO reduced = 12.5 %", "NO zero = 0 %"]
    assert queries.rates_in("NO")["reduced"] == Decimal("0.125")
    assert queries.rates_in("DE")["standard"] == Decimal("0.19")


@pytest.mark.parametrize(
    "wrong", ["standard", "standard=", "luxury=5", "standard=100", "zero=-1", "zero=nan", "zero=1e-9"]
)
def test_what_is_no_rate_is_refused(database: None, wrong: str) -> None:
    done = CliRunner().invoke(taxes, [wrong])
    assert done.exit_code == 2
    assert "is no CLASS=PERCENT" in done.output
    assert queries.rates_in("DE")["standard"] == Decimal("0.19")
