"""What was typed about the shop, read with the same readers as `storefront shop set`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from storefront.office.settings.fields import Fact, facts_of
from storefront.office.shop_facts import CODES
from storefront.platform import forms
from storefront.shop import facts
from storefront.shop.models import Shop
from storefront.shop.refusals import BadFact
from storefront.taxes.models import CLASSES

Problems = dict[str, list[str]]
"""Sentences beside the fields that they are about."""


@dataclass
class FactsForm:
    """One page of facts: as they are, or as they were typed."""

    part: str
    typed: dict[str, str]
    version: int
    errors: Problems = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of_shop(cls, part: str, shop: Shop) -> "FactsForm":
        """As they are now."""
        written = facts.write(shop)
        return cls(part, {fact.name: written[fact.name] for fact in facts_of(part)}, shop.version)

    @classmethod
    def sent(cls, part: str, form: MultiDict[str, str], shop: Shop) -> "FactsForm":
        """As they were typed; a fact of which nothing came stays as it is."""
        written = facts.write(shop)
        typed = {fact.name: _typed(fact, form, written) for fact in facts_of(part)}
        version = form.get("version", "")
        return cls(part, typed, int(version) if version.isdecimal() and len(version) < 10 else 0)

    def read(self, shop: Shop) -> bool:
        """Whether all of it can be so; what cannot is told beside its field."""
        written = facts.write(shop)
        for name, text in self.typed.items():
            if text == written[name]:  # It stood so before we looked that closely, perhaps.
                self.values[name] = getattr(shop, name)
                continue
            try:
                with_currency = {"currency": self.typed.get("currency", shop.currency), name: text}
                self.values[name] = facts.read(with_currency, shop, CODES)[name]
            except BadFact as bad:
                self.refuse(bad, about=name)
        return not self.errors

    def refuse(self, bad: BadFact, about: str | None = None) -> None:
        """Tell it beside the field; a wrong currency is told beside the currency alone."""
        if about is None or bad.name == about:
            self.errors.setdefault(bad.name, []).append(_sentence(bad.reason))

    @property
    def problems(self) -> list[tuple[str, str]]:
        """As `notices.summary` takes them."""
        labels = {fact.name: fact.label for fact in facts_of(self.part)}
        return [(name, f"{labels[name]}: {said}") for name, all_of in self.errors.items() for said in all_of]


@dataclass
class RatesForm:
    """The tax rates in per cent, as they are or as they were typed."""

    typed: dict[str, str]
    seen: dict[str, str]
    errors: Problems = field(default_factory=dict)

    @classmethod
    def of_rates(cls, rates: Mapping[str, Decimal]) -> "RatesForm":
        """As they are now."""
        written = {name: percent(rates[name]) if name in rates else "" for name in CLASSES}
        return cls(dict(written), written)

    @classmethod
    def sent(cls, form: MultiDict[str, str]) -> "RatesForm":
        """As they were typed."""
        typed = {name: forms.readable(form.get(name, "").strip()[:20]) for name in CLASSES}
        return cls(typed, {name: form.get(f"{name}_seen", "")[:20] for name in CLASSES})

    def read(self) -> dict[str, Decimal]:
        """The rates; what is none is told beside its field."""
        read = {name: share(text) for name, text in self.typed.items() if text or self.seen[name]}
        for name, rate in read.items():
            if rate is None:
                self.errors[name] = [_("Please write a rate in per cent, such as 19 or 5.5.")]
        return {name: rate for name, rate in read.items() if rate is not None}

    def seen_rates(self) -> dict[str, Decimal]:
        """What stood in the form when it was opened."""
        read = {name: share(text) for name, text in self.seen.items() if text}
        return {name: rate for name, rate in read.items() if rate is not None}

    @property
    def problems(self) -> Sequence[tuple[str, str]]:
        """As `notices.summary` takes them."""
        return [(name, said) for name, all_of in self.errors.items() for said in all_of]


def percent(rate: Decimal) -> str:
    """A rate as one types it: 19, 5.5."""
    return f"{(rate * 100).normalize():f}"


def share(text: str) -> Decimal | None:
    """A rate that was typed in per cent; None for what is none."""
    try:
        rate = Decimal(text.replace(",", ".")) / 100
    except InvalidOperation:
        return None
    exact = rate.is_finite() and rate == round(rate, 4)
    return rate if exact and 0 <= rate < 1 else None


def moment(text: str, zone: str) -> datetime | None:
    """A moment at the shop, as a browser's field writes it. Raises ValueError."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)) if text else None


def _typed(fact: Fact, form: MultiDict[str, str], written: Mapping[str, str]) -> str:
    if fact.kind in CODES:
        sent = form.getlist(fact.name)
        before = [code for code in written[fact.name].split(",") if code in sent]
        return ",".join([*before, *(code for code in sent if code not in before)])
    if fact.name not in form:
        return written[fact.name]
    return forms.readable(form[fact.name].replace("\r\n", "\n"), lines=fact.kind == "lines")


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}."
