"""The merchant's facts as people write them: read, checked, and written out again."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from babel.numbers import list_currencies
from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from stdnum import bic, iban
from stdnum.eu import vat
from stdnum.exceptions import InvalidComponent, ValidationError

from storefront.platform.money import Money
from storefront.shop.models import MODERATIONS, OURS, Shop
from storefront.shop.refusals import BadFact

MAX_TEXT = 500
MAX_DAYS = 365
YES = {"yes", "true", "on", "1"}
NO = {"no", "false", "off", "0"}

Reader = Callable[[str], Any]
Codes = Mapping[str, frozenset[str]]
"""For each fact that is a choice of codes (such as payment_methods), the codes there are."""


def read(given: Mapping[str, str], shop: Shop, codes: Codes) -> dict[str, Any]:
    """What was typed, fit for `describe_shop`. Raises BadFact naming the first that cannot be so."""
    currency = given.get("currency", shop.currency).strip().upper()
    readers: dict[str, Reader] = _READERS | {"delivery_rate": partial(_amount, currency)}
    readers |= {name: partial(_chosen, known) for name, known in codes.items()}
    facts: dict[str, Any] = {}
    for name, text in given.items():
        if name in OURS:
            raise BadFact(name, _("there is no such fact"))
        try:
            facts[name] = readers.get(name, _text)(text.strip())
        except ValueError as error:
            raise BadFact(name, str(error)) from None
    return facts


def write(shop: Shop) -> dict[str, str]:
    """Every fact as it would be typed, in the order of the table."""
    names = [column.name for column in Shop.__table__.columns if column.name not in OURS]
    return {name: written(name, getattr(shop, name), shop.currency) for name in names}


def written(name: str, value: Any, currency: str) -> str:
    """One fact as it would be typed."""
    if name == "delivery_rate":
        return str(Money(value, currency).decimal)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(value) if isinstance(value, list) else str(value)


def _text(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise ValueError(_("it is longer than %(most)s characters", most=MAX_TEXT))
    if not all(char.isprintable() or char == "\n" for char in text):
        raise ValueError(_("it contains a character that cannot be used"))
    return text


def _not_empty(text: str) -> str:
    if not text:
        raise ValueError(_("it must not be empty"))
    return _text(text)


def _currency(text: str) -> str:
    code = text.strip().upper()
    if code not in list_currencies():
        raise ValueError(_("it must be a currency's three letters, such as EUR"))
    return code


def _country(text: str) -> str:
    code = text.strip().upper()
    if len(code) != 2 or not code.isalpha() or code not in Locale("en").territories:
        raise ValueError(_("it must be a country's two letters, such as DE"))
    return code


def _countries(text: str) -> list[str]:
    return list(dict.fromkeys(_country(part) for part in text.split(",") if part.strip()))


def _time_zone(text: str) -> str:
    if text not in available_timezones():
        raise ValueError(_("it must be a time zone such as Europe/Berlin"))
    return text


def _email(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        raise ValueError(_("it must be an e-mail address")) from None


def _yes_or_no(text: str) -> bool:
    if text.lower() not in YES | NO:
        raise ValueError(_("it must be yes or no"))
    return text.lower() in YES


def _amount(currency: str, text: str) -> int:
    try:
        amount = Money.parse(text.replace(",", "."), currency).amount
    except ValueError:
        amount = -1
    if amount < 0:
        raise ValueError(_("it must be an amount in %(currency)s, such as 4.90", currency=currency))
    return amount


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= MAX_DAYS):
        raise ValueError(_("it must be a number of days, %(most)s at most", most=MAX_DAYS))
    return int(text)


def _chosen(known: frozenset[str], text: str) -> list[str]:
    codes = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not codes or not known.issuperset(codes):
        raise ValueError(_("choose from %(known)s", known=", ".join(sorted(known))))
    return codes


def _number_of(kind: Callable[[str], str], sentence: Callable[[], str]) -> Callable[[str], str]:
    def check(text: str) -> str:
        try:
            return kind(text) if text else ""
        except InvalidComponent:
            return _text(text)  # Of a country whose numbers we cannot check.
        except ValidationError:
            raise ValueError(sentence()) from None

    return check


def _moderation(text: str) -> str:
    if text.lower() not in MODERATIONS:
        raise ValueError(_("choose from %(known)s", known=", ".join(MODERATIONS)))
    return text.lower()


_READERS: dict[str, Reader] = {
    "name": _not_empty,
    "legal_name": _not_empty,
    "country": _country,
    "currency": _currency,
    "delivery_countries": _countries,
    "time_zone": _time_zone,
    "email": _email,
    "prices_include_tax": _yes_or_no,
    "handling_days": _days,
    "return_days": _days,
    "mail_new_orders": _yes_or_no,
    "mail_low_stock": _yes_or_no,
    "mail_parked_jobs": _yes_or_no,
    "review_moderation": _moderation,
    "bank_iban": _number_of(iban.validate, lambda: _("it is no IBAN; check its digits")),
    "bank_bic": _number_of(bic.validate, lambda: _("it is no BIC; it has 8 or 11 letters and digits")),
    "vat_id": _number_of(vat.validate, lambda: _("it is no VAT number; check its digits")),
}
