"""Read single cells: words, prices, counts, weights and yes or no. A bad one says what is wrong."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from html import unescape
from urllib.parse import urlsplit

from storefront.catalog.importing.records import Rules
from storefront.platform.money import Money, exponent

MAX_COUNT = 10**9
MAX_GRAMS = 10**8
MAX_ADDRESS = 2000  # bytes; an index row of PostgreSQL holds no more than 2,704
GRAMS = {
    "g": Decimal(1),
    "kg": Decimal(1000),
    "lbs": Decimal("453.59237"),
    "oz": Decimal("28.349523125"),
}
YES = {"true", "1", "yes"}
NO = {"false", "0", "no"}
PLAIN = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?")
GROUPED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]{1,2}|[0-9]{1,3}(,[0-9]{3})+\.[0-9]{1,2}")
COMMA = re.compile(r"[0-9]{1,20},[0-9]{1,2}")
FORBIDDEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class CellRefused(ValueError):
    """A cell cannot be taken; the message says why."""


def check_characters(text: str) -> None:
    """Raise CellRefused for what no text holds and PostgreSQL would not store."""
    found = FORBIDDEN.search(text)
    if found is None:
        return
    code = ord(found.group())
    if 0xDC00 <= code <= 0xDCFF:
        raise CellRefused(f"holds a byte that is no letter here (0x{code - 0xDC00:02X})")
    raise CellRefused(f"holds a character that cannot be kept (U+{code:04X})")


def line(limit: int) -> Callable[[str], str]:
    """A parser of one line of text of at most `limit` characters."""
    return partial(_line, limit)


def _line(limit: int, text: str) -> str:
    text = " ".join(text.split())
    if len(text) > limit:
        raise CellRefused(f"is longer than {limit} characters")
    return text


def html_line(limit: int) -> Callable[[str], str]:
    """As line(), for files that write & as &amp;."""
    return lambda text: _line(limit, unescape(text))


def yes_or_no(text: str, *, blank: bool) -> bool:
    word = text.lower()
    if not word:
        return blank
    if word in YES or word in NO:
        return word in YES
    raise CellRefused(f"{_shown(text)} is neither true nor false")


def amount(rules: Rules, text: str) -> int:
    """A price in minor units, within the shop's bounds."""
    value = decimal(text, comma=rules.decimal_comma).scaleb(exponent(rules.currency))
    if value != value.to_integral_value():
        raise CellRefused(f"{_shown(text)} is finer than {rules.currency} allows")
    if value < rules.min_price:
        limit = Money(rules.min_price, rules.currency).decimal
        raise CellRefused(f"{_shown(text)} is below the lowest price of this shop, {limit}")
    if value > rules.max_price:
        limit = Money(rules.max_price, rules.currency).decimal
        raise CellRefused(f"{_shown(text)} is above the highest price of this shop, {limit}")
    return int(value)


def count(text: str, *, comma: bool = False) -> int:
    """A number of units."""
    value = decimal(text, comma=comma)
    if value != value.to_integral_value():
        raise CellRefused(f"{_shown(text)} is not a whole number")
    if value > MAX_COUNT:
        raise CellRefused(f"{_shown(text)} is too large")
    return int(value)


def grams(text: str, unit: str = "g", *, comma: bool = False) -> int | None:
    """A weight in whole grams; blank is not known."""
    if not text:
        return None
    value = decimal(text, comma=comma) * GRAMS[unit]
    if value > MAX_GRAMS:
        raise CellRefused(f"{_shown(text)} is too heavy")
    return int(value.to_integral_value(ROUND_HALF_UP))


def decimal(text: str, *, comma: bool) -> Decimal:
    """A plain number; a comma counts as decimal point where it can be nothing else."""
    text = text.strip()
    if text.startswith(("-", "−")):
        raise CellRefused(f"{_shown(text)} is below zero")
    if GROUPED.fullmatch(text):
        point = max(text.rfind("."), text.rfind(","))
        return Decimal(re.sub("[.,]", "", text[:point]) + "." + text[point + 1 :])
    if COMMA.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if not PLAIN.fullmatch(text):
        raise CellRefused(f"{_shown(text)} is not a plain number such as 12.50")
    if comma and re.fullmatch(r"[0-9]+\.[0-9]{3}", text):
        raise CellRefused(f"{_shown(text)} may mean thousands or decimals; write 1250.00 or 1.25")
    return Decimal(text)


def address(text: str) -> str:
    """An http(s) address, or a file name without a path out of its folder."""
    text = "%20".join(text.split())
    if len(text.encode()) > MAX_ADDRESS:
        raise CellRefused(f"is longer than {MAX_ADDRESS} bytes")
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        raise CellRefused(f"{_shown(text)} is not an address") from None
    if parts.scheme.lower() in ("http", "https") and host:
        return text
    if parts.scheme or text.startswith(("/", "\\")) or ".." in text:
        raise CellRefused(f"{_shown(text)} is neither an http address nor a file name")
    return text


def _shown(text: str) -> str:
    return f'"{text}"' if len(text) <= 40 else f'"{text[:40]}…"'
