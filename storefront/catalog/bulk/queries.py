"""What a change of many products would do, and how far one has come."""

from dataclasses import dataclass, field

from sqlalchemy import and_, func, select

from storefront.catalog.bulk.models import BulkChange
from storefront.catalog.bulk.repricing import Repricing
from storefront.catalog.models import Price, Product, Variant
from storefront.catalog.scheduling.models import Sale
from storefront.platform import db

SHOWN = 50  # products that are shown with what will become of them


@dataclass(slots=True)
class Effect:
    """A product, and each of its prices before and after."""

    id: int
    title: str
    status: str
    prices: list[tuple[str, int, int, int | None]] = field(default_factory=list)
    """Which choice, its price before and after, and what is shown struck through."""


def effects(ids: list[int], repricing: Repricing | None, currency: str) -> list[Effect]:
    """What would become of the first of them."""
    columns = (Product.id, Product.title, Product.status)
    rows = db.session.execute(select(*columns).where(Product.id.in_(ids)).order_by(Product.id).limit(SHOWN))
    found = {row.id: Effect(row.id, row.title, row.status) for row in rows}
    if repricing is None or not found:
        return list(found.values())
    usual = func.coalesce(Sale.usual_amount, Price.amount)
    compare_at = func.coalesce(Sale.usual_compare_at, Price.compare_at)
    priced = (
        select(Variant.product_id, Variant.option_values, usual.label("usual"), compare_at.label("before"))
        .join(Price, and_(Price.variant_id == Variant.id, Price.currency == currency))
        .outerjoin(Sale, and_(Sale.variant_id == Variant.id, Sale.currency == currency))
        .where(Variant.product_id.in_(found), Variant.archived_at.is_(None))
        .order_by(Variant.product_id, Variant.position, Variant.id)
    )
    for row in db.session.execute(priced):
        after, struck = repricing.price(row.usual), repricing.compare_at(row.usual, row.before)
        found[row.product_id].prices.append((" / ".join(row.option_values), row.usual, after, struck))
    return list(found.values())


def known(ids: list[int]) -> list[int]:
    """Those of the ids that are products, ascending."""
    return list(db.session.scalars(select(Product.id).where(Product.id.in_(ids)).order_by(Product.id)))


def change(bulk_id: int) -> BulkChange | None:
    """One change of many, as far as it has come."""
    return db.session.get(BulkChange, bulk_id)


def titles(ids: list[int]) -> dict[int, str]:
    """What products are called."""
    return dict(db.session.execute(select(Product.id, Product.title).where(Product.id.in_(ids))).all())
