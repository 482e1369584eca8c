"""Plan sales, and do by the clock what was planned: begin them, end them, publish drafts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.dialects.postgresql import insert

from storefront.catalog import changing, pricing
from storefront.catalog.actions import become
from storefront.catalog.models import Price, Variant
from storefront.catalog.refusals import BadWish
from storefront.catalog.scheduling.models import Publication, Sale
from storefront.platform import clock, db
from storefront.platform.errors import NotFound
from storefront.shop.queries import read


@dataclass(frozen=True, slots=True)
class PlanSale:
    """Other prices for a while, by variant, in minor units; without an end until somebody ends it."""

    version: int
    starts_at: datetime
    ends_at: datetime | None = None
    amounts: Mapping[int, int] = field(default_factory=dict)


@db.retried
def plan_sale(product_id: int, wish: PlanSale) -> int:
    """Plan a sale in the place of any other of these variants; one that is due begins at once.

    Returns the product's version. Raises Stale, NotFound or BadWish.
    """
    _check_times(wish)
    with db.transaction() as session:
        product = changing.hold(product_id)
        changing.expect(product, wish.version)
        currency = read().currency
        _finish_sales(product_id, currency, wish.amounts)
        for variant_id, amount in sorted(wish.amounts.items()):
            _check_amount(session.get(Price, (variant_id, currency), populate_existing=True), amount)
            row = {"variant_id": variant_id, "currency": currency, "amount": amount}
            times = {"starts_at": wish.starts_at, "ends_at": wish.ends_at}
            session.execute(insert(Sale).values(**row, **times))
        _turn(product_id, currency)
        told = {"from": wish.starts_at.isoformat(), "amounts": dict(wish.amounts)}
        told["until"] = wish.ends_at.isoformat() if wish.ends_at else ""
        return changing.finish(product, {"sale": None}, {"sale": told})


@db.retried
def end_sales(product_id: int, version: int | None = None) -> int:
    """Forget what is planned of a product and end what goes on; returns the version. Raises Stale."""
    with db.transaction():
        product = changing.hold(product_id)
        changing.expect(product, version)
        if not _finish_sales(product_id, read().currency, None):
            return product.version
        return changing.finish(product, {"sale": True}, {"sale": None})


def turn_prices() -> int:
    """Begin and end all sales that are due; of how many products. The worker does it every few seconds."""
    now = clock.now()
    due = select(Variant.product_id).join(Sale, Sale.variant_id == Variant.id).where(_due(now)).distinct()
    products = sorted(db.session.scalars(due))
    db.release()
    for product_id in products:
        _turn_product(product_id)
    return len(products)


def publish_due() -> int:
    """Publish all drafts whose time has come; how many."""
    due = select(Publication.product_id).where(Publication.at <= clock.now())
    products = sorted(db.session.scalars(due))
    db.release()
    for product_id in products:
        _publish(product_id)
    return len(products)


@db.retried
def _turn_product(product_id: int) -> None:
    with db.transaction():
        product = changing.hold(product_id)
        before, after = _turn(product_id, read().currency)
        if before:
            changing.finish(product, {"prices": before}, {"prices": after})


@db.retried
def _publish(product_id: int) -> None:
    with db.transaction() as session:
        product = changing.hold(product_id)
        due = delete(Publication).where(
            Publication.product_id == product_id, Publication.at <= db.inside().now
        )
        if session.execute(due.returning(Publication.product_id)).all() and product.status == "draft":
            become(product, "active")


def _turn(product_id: int, currency: str) -> tuple[dict[str, int], dict[str, int]]:
    """Begin what is due of a product that is held, and end what is over; the prices before and after."""
    session, now = db.inside().session, db.inside().now
    rows = session.execute(
        select(Sale, Price)
        .join(Price, and_(Price.variant_id == Sale.variant_id, Price.currency == Sale.currency))
        .join(Variant, Variant.id == Sale.variant_id)
        .where(Variant.product_id == product_id, Sale.currency == currency, _due(now))
        .order_by(Sale.variant_id)
        .execution_options(populate_existing=True)
    ).all()
    before, after = {}, {}
    for sale, price in rows:
        before[str(price.variant_id)] = price.amount
        over = sale.ends_at is not None and sale.ends_at <= now
        (pricing.end if over else pricing.begin)(sale, price)
        after[str(price.variant_id)] = price.amount
    session.flush()
    return before, after


def _due(now: datetime) -> ColumnElement[bool]:
    begins = and_(Sale.usual_amount.is_(None), Sale.starts_at <= now)
    return or_(begins, Sale.ends_at <= now)


def _finish_sales(product_id: int, currency: str, some: Mapping[int, int] | None) -> bool:
    """End what goes on of a product's variants, or of some of them. Raises NotFound for another's."""
    session = db.inside().session
    mine = set(session.scalars(select(Variant.id).where(Variant.product_id == product_id)))
    if some is not None and set(some) - mine:
        raise NotFound
    rows = session.execute(
        select(Sale, Price)
        .join(Price, and_(Price.variant_id == Sale.variant_id, Price.currency == Sale.currency))
        .where(Sale.variant_id.in_(mine if some is None else set(some)), Sale.currency == currency)
        .execution_options(populate_existing=True)
    ).all()
    for sale, price in rows:
        pricing.end(sale, price)
    session.flush()
    return bool(rows)


def _check_times(wish: PlanSale) -> None:
    if not wish.amounts:
        raise BadWish("amounts", _("Please say what it is to cost."))
    if wish.ends_at is not None and (wish.ends_at <= wish.starts_at or wish.ends_at <= clock.now()):
        raise BadWish("ends_at", _("A sale ends after it begins, and not in the past."))


def _check_amount(price: Price | None, amount: int) -> None:
    if price is None or amount >= price.amount:
        raise BadWish("amounts", _("A sale's price is below the usual one."))
