"""Changes to what the state takes."""

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy.dialects.postgresql import insert

from storefront.platform import db, events
from storefront.taxes.models import TaxRate


def set_rates(country: str, rates: Mapping[str, Decimal]) -> None:
    """From the next order on, goods of these classes are taxed so; what was ordered keeps its tax."""
    with db.transaction() as session:
        for tax_class, rate in rates.items():
            row = insert(TaxRate).values(country=country, tax_class=tax_class, rate=rate)
            keys = ["country", "tax_class"]
            session.execute(row.on_conflict_do_update(index_elements=keys, set_={"rate": rate}))
        told = {tax_class: str(rate) for tax_class, rate in rates.items()}
        events.record("taxes.set", f"country:{country}", told)
        db.inside().tag("shop")
