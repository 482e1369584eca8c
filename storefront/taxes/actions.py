"""Changes to what the state takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy.dialects.postgresql import insert

from storefront.platform import audit, db, events
from storefront.platform.errors import Refusal
from storefront.taxes import queries
from storefront.taxes.models import TaxRate

PLACES = Decimal("0.0001")


@dataclass
class RatesChanged(Refusal):
    """Somebody else changed the rates after the form was opened, so nothing was saved."""

    now: Mapping[str, Decimal]
    code = "rates-changed"

    def message(self) -> str:
        return _("Somebody else changed the tax rates while you were typing. Nothing was saved yet.")


@db.retried
def set_rates(country: str, rates: Mapping[str, Decimal], seen: Mapping[str, Decimal] | None = None) -> None:
    """From the next order on, goods of these classes are taxed so; what was ordered keeps its tax.

    `seen` are the rates that somebody had before their eyes. Raises RatesChanged when they are others now.
    """
    with db.transaction():
        before = queries.rates_in(country)
        if seen is not None and seen != before:
            raise RatesChanged(before)
        for tax_class, rate in rates.items():
            _set(country, tax_class, rate, before.get(tax_class))
        told = {tax_class: str(rate) for tax_class, rate in rates.items()}
        was = {tax_class: str(before[tax_class]) if tax_class in before else None for tax_class in rates}
        now = {tax_class: str(rate.quantize(PLACES)) for tax_class, rate in rates.items()}
        audit.note("tax_rates", country, was, now)
        events.record("taxes.set", f"country:{country}", told)
        db.inside().tag("shop")


def _set(country: str, tax_class: str, rate: Decimal, before: Decimal | None) -> None:
    """Unless it is another than before by now: whoever comes second is told what the first one did."""
    row = insert(TaxRate).values(country=country, tax_class=tax_class, rate=rate)
    change = row.on_conflict_do_update(
        index_elements=["country", "tax_class"], set_={"rate": rate}, where=TaxRate.rate == before
    )
    if not db.inside().execute(change.returning(TaxRate.rate)).first():
        raise RatesChanged(queries.rates_in(country))
