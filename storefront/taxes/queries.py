"""Questions about tax rates."""

from decimal import Decimal

from sqlalchemy import bindparam, func, select
from sqlalchemy.types import Text

from storefront.platform import db
from storefront.shop.models import Shop
from storefront.taxes.models import TaxRate

_RATES = select(TaxRate.tax_class, TaxRate.rate).where(TaxRate.country == bindparam("country"))

_OWN_RATES = (
    select(func.json_object_agg(TaxRate.tax_class, TaxRate.rate.cast(Text)))
    .where(TaxRate.country == Shop.country)
    .scalar_subquery()
)
_TERMS = select(Shop, _OWN_RATES)


def terms() -> tuple[Shop, dict[str, Decimal]]:
    """The shop's row and its own rates as they are this moment, for whoever is about to charge by them."""
    shop, rates = db.session.execute(_TERMS).one()
    return shop, {tax_class: Decimal(rate) for tax_class, rate in (rates or {}).items()}


def rates_in(country: str) -> dict[str, Decimal]:
    """The rate of each class in a country; a class without one is taxed at nothing."""
    return dict(db.session.connection().execute(_RATES, {"country": country}).all())
