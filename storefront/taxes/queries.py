"""Questions about tax rates."""

from decimal import Decimal

from sqlalchemy import select

from storefront.platform import db
from storefront.taxes.models import TaxRate


def rates_in(country: str) -> dict[str, Decimal]:
    """The rate of each class in a country; a class without one is taxed at nothing."""
    rows = db.session.execute(select(TaxRate.tax_class, TaxRate.rate).where(TaxRate.country == country))
    return dict(rows.all())
