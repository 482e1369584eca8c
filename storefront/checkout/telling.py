"""The shop itself is told of a new order, unless it does not want to be."""

from sqlalchemy import select

from storefront.platform import db, jobs, mail
from storefront.shop.models import Shop


def tell_staff(order_id: int) -> None:
    """Owe the shop a mail about an order; a second time changes nothing.

    It is done by the job that confirms the order, so that placing one does not wait for it.
    """
    with db.transaction() as session:
        shop = session.scalars(select(Shop)).one()
        if shop.mail_new_orders:
            mail.owe(f"order-new:{order_id}", shop.email)
            jobs.defer("checkout.new_order", order_id=order_id)
