"""Whether somebody bought what they speak of, or could speak of: it was delivered, and they kept it."""

from typing import Any, NamedTuple

from sqlalchemy import Exists, exists, func, select

from storefront.catalog.models import Product
from storefront.orders.models import Fulfilment, Order, OrderLine
from storefront.platform import db
from storefront.reviews.models import Review

MOST = 6


class Silent(NamedTuple):
    """A product that somebody has and has not spoken of."""

    title: str
    slug: str


def bought(account_id: Any, product_id: Any) -> Exists:
    """SQL for whether an order of this account with this product was delivered; takes values or columns."""
    return (
        exists()
        .where(Order.account_id == account_id, OrderLine.order_id == Order.id)
        .where(OrderLine.product_id == product_id, Fulfilment.order_id == Order.id)
        .where(Fulfilment.state == "delivered")
    )


def unspoken_of(account_id: int) -> list[Silent]:
    """What they bought last and have not reviewed, while it is sold."""
    spoken = exists().where(Review.account_id == account_id, Review.product_id == Product.id)
    query = (
        select(Product.title, Product.slug)
        .join(OrderLine, OrderLine.product_id == Product.id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Fulfilment, Fulfilment.order_id == Order.id)
        .where(Order.account_id == account_id, Fulfilment.state == "delivered")
        .where(Product.status == "active", ~spoken)
        .group_by(Product.id)
        .order_by(func.max(Order.placed_at).desc(), Product.id)
        .limit(MOST)
    )
    return [Silent(*row) for row in db.session.execute(query)]
