"""Questions about tax rates."""

from decimal import Decimal

from sqlalchemy import bindparam, select

from storefront.platform import db
from storefront.taxes.models import TaxRate

_RATES = select(TaxRate.tax_class, TaxRate.rate).where(TaxRate.country == bindparam("country"))


def rates_in(country: str) -> dict[str, Decimal]:
    """The rate of each class in a country; a class without one is taxed at nothing."""
    return dict(db.session.connection().execute(_RATES, {"country": country}).all())
