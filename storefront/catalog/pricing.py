"""What a variant costs: its usual price, and the one that is charged while a sale of it goes on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select, update
from sqlalchemy.dialects.postgresql import insert

from storefront.catalog.models import Price, Variant
from storefront.catalog.scheduling.models import Sale
from storefront.platform import db


@dataclass(frozen=True, slots=True)
class Cost:
    """A usual price, and the sale of the variant if there is one planned or going on."""

    amount: int
    compare_at: int | None
    sale: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    begun: bool = False


def costs_of(product_id: int, currency: str) -> dict[int, Cost]:
    """What each of a product's variants costs; those without a price are not among them."""
    rows = db.session.execute(
        select(
            Price.variant_id,
            Price.amount,
            Price.compare_at,
            Sale.amount.label("sale"),
            Sale.starts_at,
            Sale.ends_at,
            Sale.usual_amount,
            Sale.usual_compare_at,
        )
        .join(Variant, Variant.id == Price.variant_id)
        .outerjoin(Sale, and_(Sale.variant_id == Price.variant_id, Sale.currency == Price.currency))
        .where(Variant.product_id == product_id, Price.currency == currency)
    )
    found = {}
    for row in rows:
        begun = row.usual_amount is not None
        usual = (row.usual_amount, row.usual_compare_at) if begun else (row.amount, row.compare_at)
        found[row.variant_id] = Cost(*usual, row.sale, row.starts_at, row.ends_at, begun)
    return found


def write(variant_id: int, currency: str, amount: int, compare_at: int | None) -> None:
    """The usual price is this from now on; a sale that goes on stays one. Part of a change."""
    session = db.inside().session
    here = Sale.variant_id == variant_id, Sale.currency == currency
    usual = {"usual_amount": amount, "usual_compare_at": compare_at}
    sale = session.scalar(
        update(Sale).where(*here, Sale.usual_amount.is_not(None)).values(**usual).returning(Sale.amount)
    )
    if sale is None:
        _put(variant_id, currency, amount, compare_at)
    else:
        _put(variant_id, currency, sale, amount if amount > sale else None)


def begin(sale: Sale, price: Price) -> None:
    """The sale's price takes the place of the usual one. Part of a change that holds the product."""
    was = max(price.amount, price.compare_at or 0)
    sale.usual_amount, sale.usual_compare_at = price.amount, price.compare_at
    price.amount, price.compare_at = sale.amount, was if was > sale.amount else None


def end(sale: Sale, price: Price) -> None:
    """The usual price comes back, unless something else was written over the sale's meanwhile.

    Part of a change that holds the product.
    """
    if sale.usual_amount is not None and price.amount == sale.amount:
        price.amount, price.compare_at = sale.usual_amount, sale.usual_compare_at
    db.inside().session.delete(sale)


def _put(variant_id: int, currency: str, amount: int, compare_at: int | None) -> None:
    told = {"amount": amount, "compare_at": compare_at}
    db.inside().session.execute(
        insert(Price)
        .values(variant_id=variant_id, currency=currency, **told)
        .on_conflict_do_update(index_elements=[Price.variant_id, Price.currency], set_=told)
    )
