"""Whether somebody bought what they speak of: it was delivered to them, and they kept it."""

from typing import Any

from sqlalchemy import Exists, exists

from storefront.orders.models import Fulfilment, Order, OrderLine


def bought(account_id: Any, product_id: Any) -> Exists:
    """SQL for whether an order of this account with this product was delivered; takes values or columns."""
    return (
        exists()
        .where(Order.account_id == account_id, OrderLine.order_id == Order.id)
        .where(OrderLine.product_id == product_id, Fulfilment.order_id == Order.id)
        .where(Fulfilment.state == "delivered")
    )
