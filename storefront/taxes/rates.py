"""The rates a new shop starts with: those of the European Commission's tax database, September 2026.

The reduced rate is the one most goods of a country's reduced list have; where there is none, the
standard rate stands there too. A merchant whose goods are taxed otherwise changes them: `storefront taxes`.
"""

from decimal import Decimal

# Country: standard and reduced rate in per cent. Zero is zero everywhere.
PERCENT = {
    "AT": ("20", "10"),
    "BE": ("21", "6"),
    "BG": ("20", "9"),
    "CH": ("8.1", "2.6"),
    "CY": ("19", "5"),
    "CZ": ("21", "12"),
    "DE": ("19", "7"),
    "DK": ("25", "25"),
    "EE": ("24", "9"),
    "ES": ("21", "10"),
    "FI": ("25.5", "13.5"),
    "FR": ("20", "5.5"),
    "GB": ("20", "5"),
    "GR": ("24", "13"),
    "HR": ("25", "13"),
    "HU": ("27", "5"),
    "IE": ("23", "13.5"),
    "IT": ("22", "10"),
    "LT": ("21", "12"),
    "LU": ("17", "8"),
    "LV": ("21", "12"),
    "MT": ("18", "7"),
    "NL": ("21", "9"),
    "PL": ("23", "8"),
    "PT": ("23", "6"),
    "RO": ("21", "11"),
    "SE": ("25", "12"),
    "SI": ("22", "9.5"),
    "SK": ("23", "19"),
    "US": ("0", "0"),
}


def first_rates() -> list[dict[str, object]]:
    """The rows of a new shop."""
    return [
        {"country": country, "tax_class": tax_class, "rate": Decimal(percent) / 100}
        for country, (standard, reduced) in PERCENT.items()
        for tax_class, percent in (("standard", standard), ("reduced", reduced), ("zero", "0"))
    ]
