"""The merchant describes the shop by `storefront shop`, and nonsense is refused by name."""

import re

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import delete, func, select

from storefront.config import Settings
from storefront.office.shop_facts import shop as command
from storefront.platform import db
from storefront.platform.events import Event
from storefront.shop import facts, queries, seed
from storefront.shop.actions import describe_shop
from storefront.shop.models import Shop
from storefront.shop.refusals import BadFact
from storefront.taxes import queries as tax_queries
from storefront.taxes.models import TaxRate
from storefront.taxes.rates import PERCENT
from storefront.taxes.seed import write_rates
from tests.shopping import an_order

UNION = re.findall("..", "ATBEBGCYCZDEDKEEESFIFRGRHRHUIEITLTLULVMTNLPLPTROSESISK")

pytestmark = pytest.mark.usefixtures("database")


def said(*words: str) -> Result:
    return CliRunner().invoke(command, words)


def refused(*words: str) -> str:
    """What is said when the command is refused."""
    result = said("set", *words)
    assert isinstance(result.exception, BadFact), result.output
    return result.exception.message()


def test_the_facts_are_shown_as_they_would_be_typed() -> None:
    shown = said().output
    assert "name = Kiln & Common\n" in shown
    assert "delivery_rate = 4.90\n" in shown
    assert "delivery_countries = DE,AT\n" in shown
    assert "prices_include_tax = yes\n" in shown
    assert "version" not in shown


def test_what_is_shown_can_be_set_again() -> None:
    before = facts.write(queries.read())
    result = said("set", *[f"{name}={value}" for name, value in before.items() if name != "vat_id"])
    assert result.exit_code == 0, result.output
    db.release()
    assert facts.write(queries.read()) == before


def test_facts_are_changed_and_written_down() -> None:
    result = said("set", "name=Kiln & Co", "delivery_rate=5", "delivery_countries=de, ch,de", "country=at")
    assert result.exit_code == 0, result.output
    shop = queries.facts()
    assert (shop.name, shop.delivery_rate, shop.country) == ("Kiln & Co", 500, "AT")
    assert shop.delivery_countries == ["DE", "CH"]
    event = db.session.scalars(select(Event)).one()
    assert event.data == {"changed": ["country", "delivery_countries", "delivery_rate", "name"]}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("currency=XYZ", "it must be a currency's three letters"),
        ("country=XX", "it must be a country's two letters"),
        ("country=Germany", "it must be a country's two letters"),
        ("delivery_countries=DE,Mars", "it must be a country's two letters"),
        ("time_zone=Berlin", "it must be a time zone"),
        ("email=hello", "it must be an e-mail address"),
        ("prices_include_tax=maybe", "it must be yes or no"),
        ("delivery_rate=4.999", "it must be an amount in EUR"),
        ("delivery_rate=-1", "it must be an amount in EUR"),
        ("delivery_rate=a lot", "it must be an amount in EUR"),
        ("bank_iban=DE89370400440532013001", "it is no IBAN"),
        ("bank_bic=NOTABIC", "it is no BIC"),
        ("vat_id=DE123456789", "it is no VAT number"),
        ("delivery_methods=pickup,balloon", "choose from drive_through, home, pickup"),
        ("delivery_methods=", "choose from"),
        ("payment_methods=gold", "choose from bank_transfer, card_at_counter"),
        ("name=", "it must not be empty"),
        ("name=a\x00b", "it contains a character that cannot be used"),
        ("phone=" + "1" * 501, "it is longer than 500 characters"),
        ("colour=blue", "there is no such fact"),
        ("id=2", "there is no such fact"),
    ],
)
def test_nonsense_is_refused_by_name(change: str, reason: str) -> None:
    assert refused("name=Other", change).startswith(f"{change.partition('=')[0]}: {reason}")
    db.release()
    assert queries.read().name == "Kiln & Common"


def test_numbers_of_the_bank_and_of_countries_we_cannot_check() -> None:
    result = said("set", "bank_iban=de89 3704 0044 0532 0130 00", "bank_bic=cobadeffxxx", "vat_id=CHE-1 MWST")
    assert result.exit_code == 0, result.output
    shop = queries.facts()
    assert (shop.bank_iban, shop.bank_bic, shop.vat_id) == (
        "DE89370400440532013000",
        "COBADEFFXXX",
        "CHE-1 MWST",
    )
    assert said("set", "bank_iban=", "vat_id=DE136695976").exit_code == 0


def test_an_amount_is_read_in_the_new_currency() -> None:
    assert said("set", "currency=jpy", "delivery_rate=500").exit_code == 0
    assert (queries.facts().currency, queries.facts().delivery_rate) == ("JPY", 500)


def test_the_currency_is_fixed_once_something_was_sold() -> None:
    an_order()
    assert refused("currency=USD") == "currency: it is fixed once something was sold"
    describe_shop(currency="EUR", name="Still here")


@pytest.mark.parametrize("words", [("set",), ("set", "name"), ("change",)])
def test_a_slip_is_told(words: tuple[str, ...]) -> None:
    assert said(*words).exit_code == 2


def test_a_new_shop_has_facts_and_keeps_them() -> None:
    seed.open_shop()
    assert queries.read().name == "Kiln & Common"
    with db.transaction() as session:
        session.execute(delete(Shop))
    seed.open_shop()
    assert queries.read().bank_iban == "DE89370400440532013000"


def test_a_shop_in_production_never_shows_an_example_account(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(
        seed, "settings", lambda: settings.model_copy(update={"storefront_env": "production"})
    )
    with db.transaction() as session:
        session.execute(delete(Shop))
    seed.open_shop()
    assert queries.read().bank_iban == ""
    assert "bank_transfer" not in queries.read().payment_methods


def test_the_first_facts_are_ones_the_command_takes() -> None:
    with db.transaction() as session:
        session.execute(delete(Shop))
    seed.open_shop()
    result = said("set", *[f"{name}={value}" for name, value in facts.write(queries.read()).items()])
    assert result.exit_code == 0, result.output


def test_a_new_shop_has_tax_rates_and_keeps_its_own() -> None:
    write_rates()
    assert db.session.scalar(select(func.count()).select_from(TaxRate)) == 3  # Those of the test's shop.
    with db.transaction() as session:
        session.execute(delete(TaxRate))
    write_rates()
    write_rates()
    assert {name: str(rate) for name, rate in tax_queries.rates_in("DE").items()} == {
        "standard": "0.1900",
        "reduced": "0.0700",
        "zero": "0.0000",
    }
    assert str(tax_queries.rates_in("FI")["standard"]) == "0.2550"
    assert set(tax_queries.rates_in("US").values()) == {0}


def test_every_country_of_the_union_has_rates() -> None:
    assert len(UNION) == 27
    assert {*UNION, "CH", "GB", "US"} == set(PERCENT)
    assert all(float(reduced) <= float(standard) < 30 for standard, reduced in PERCENT.values())
