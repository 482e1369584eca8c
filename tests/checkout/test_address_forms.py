"""Addresses are asked for as each country writes them, and checked no further than its own rules go."""

import pytest
from werkzeug.datastructures import MultiDict

from storefront.platform.address_forms import AddressForm, BillingForm
from storefront.platform.addresses import Address, countries, format_of

pytestmark = pytest.mark.usefixtures("database")
BERLIN = {"country": "DE", "street": "Torstraße 12", "postal_code": "10119", "city": "Berlin"}
OAKLAND = {"country": "US", "street": "1 Main St", "postal_code": "94601", "city": "Oakland", "area": "CA"}
OKAFOR = BERLIN | {"company": "Okafor Ltd"}


def form(typed: dict[str, str]) -> AddressForm:
    return AddressForm(MultiDict(typed))


def bill(typed: dict[str, str]) -> BillingForm:
    return BillingForm(MultiDict(typed))


def wrong(form: AddressForm) -> dict[str, list[str]]:
    form.validate()
    return {entry.name: list(map(str, entry.errors)) for entry in form if entry.errors}


@pytest.mark.parametrize("typed", [BERLIN, OAKLAND])
def test_a_good_address_has_nothing_wrong(typed: dict[str, str]) -> None:
    assert wrong(form(typed)) == {}


def test_what_a_country_needs_is_asked_for_by_name() -> None:
    assert wrong(form({"country": "US"})) == {
        "street": ["Please tell us the street and number."],
        "postal_code": ["Please tell us the postal code."],
        "city": ["Please tell us the town or city."],
        "area": ["Please tell us the region."],
    }


def test_a_code_that_a_country_does_not_have_is_doubted_in_its_own_words() -> None:
    assert wrong(form(BERLIN | {"postal_code": "1011"})) == {
        "postal_code": ["Postal code: there is no such one in Germany."]
    }
    assert wrong(form(OAKLAND | {"area": "Bavaria"})) == {
        "area": ["State: there is no such one in United States."]
    }


def test_what_a_country_does_not_ask_for_is_left_out() -> None:
    found = form(BERLIN | {"area": "x" * 500})
    assert wrong(found) == {}
    assert found.address("Ada").area == ""


@pytest.mark.parametrize("code", ["", "D", "ZZ", "XX", "Germany", "DE "])
def test_only_countries_are_countries(code: str) -> None:
    found = wrong(form(BERLIN | {"country": code}))
    assert (found == {}) == (code.strip() == "DE")
    assert "country" in found or found == {}


def test_small_letters_name_a_country_too() -> None:
    found = form(BERLIN | {"country": "de"})
    assert found.validate()
    assert found.address("Ada").country == "DE"


def test_the_offered_countries_stand_in_the_alphabets_order() -> None:
    offered = form({}).among(["DE", "AT", "CH"], "DE")
    assert [name for _code, name in offered.named] == ["Austria", "Germany", "Switzerland"]
    assert offered.chosen == "DE"
    assert form({"country": "CH"}).among(["DE", "CH"], "DE").chosen == "CH"
    assert form({"country": "FR"}).among(["AT"], "DE").chosen == "AT"


@pytest.mark.parametrize(
    ("code", "labels"),
    [
        ("DE", {"street": "Street and number", "postal_code": "Postal code", "city": "Town or city"}),
        ("US", {"postal_code": "ZIP code", "area": "State"}),
        ("GB", {"postal_code": "Postal code", "city": "Post town"}),
        ("IE", {"postal_code": "Eircode", "area": "County"}),
        ("JP", {"area": "Prefecture"}),
    ],
)
def test_each_country_calls_its_parts_by_its_own_names(code: str, labels: dict[str, str]) -> None:
    offered = form({"country": code}).among([code], code)
    assert {part: offered.label(part) for part in labels} == labels


def test_every_country_has_a_form_and_a_letter() -> None:
    assert len(countries()) > 240
    for code in countries():
        asked = format_of(code)
        offered = form({"country": code}).among(countries(), "DE")
        assert all(offered.label(part) for part in asked.asked), code
        assert asked.required <= set(asked.asked), code
        address = Address(code, "Ada", street="Street 1", postal_code="12345", city="City", area="Area")
        letter = " ".join(address.lines())
        assert "Ada" in letter, code
        assert "Street 1" in letter, code


def test_a_letter_is_written_as_the_country_does() -> None:
    ada = Address("DE", "Ada Lindt", street="Torstraße 12", postal_code="10119", city="Berlin")
    assert ada.lines() == ["Ada Lindt", "Torstraße 12", "10119 Berlin"]
    bob = Address("US", "Bob", "Okafor Inc", "", "1 Main St", "94601", "Oakland", "CA")
    assert bob.lines() == ["Bob", "Okafor Inc", "1 Main St", "Oakland, CA 94601"]
    assert Address.of(bob.stored() | {"planet": "Earth"}) == bob


def test_a_bill_needs_a_name_or_a_company() -> None:
    assert wrong(bill(BERLIN)) == {"name": ["Please tell us the name or the company on the bill."]}
    assert wrong(bill(BERLIN | {"name": "Ben"})) == {}
    assert wrong(bill(OKAFOR)) == {}


@pytest.mark.parametrize(
    ("number", "stored"),
    [
        ("DE136695976", "DE136695976"),
        ("de 136 695 976", "DE136695976"),
        ("ATU 374 675 785", None),
        ("Fr 40 303 265 045", "FR40303265045"),
        ("CHE-123.456.788", "CHE-123.456.788"),
        ("136695976", "136695976"),
        ("DE136695978", None),
        ("DE1", None),
    ],
)
def test_the_digits_of_a_vat_number_are_checked_inside_the_union(number: str, stored: str | None) -> None:
    found = bill(OKAFOR | {"vat_id": number})
    assert found.validate() == (stored is not None)
    if stored is not None:
        assert found.bill().vat_id == stored
        assert found.bill().company == "Okafor Ltd"
