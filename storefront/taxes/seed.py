"""The tax rates of a new shop."""

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert

from storefront.platform import db
from storefront.taxes.models import TaxRate
from storefront.taxes.rates import first_rates


def write_rates() -> None:
    """Write the first rates, once; a shop that has any keeps its own."""
    with db.transaction() as session:
        if not session.scalar(select(exists().select_from(TaxRate))):
            session.execute(insert(TaxRate).values(first_rates()).on_conflict_do_nothing())
