"""Find my order: whoever knows number and address is sent the link; nobody is told anything else."""

from sqlalchemy import func, select

from storefront.orders.models import Order
from storefront.platform import db, jobs, mail

MOST = 3
"""Letters about one order in a day."""


@db.retried
def ask_for_order(number: str, email: str) -> None:
    """Somebody looks for an order; a job finds out whether there is one, so that no time tells it."""
    with db.transaction():
        jobs.defer("checkout.find", number=number, email=email)


@db.retried
def send_link(number: str, email: str) -> None:
    """Owe the link to an order, if this is its number and the address it was placed with."""
    with db.transaction() as session:
        mine = (Order.number == number, func.lower(Order.email) == email.lower())
        found = session.execute(select(Order.id, Order.email).where(*mine)).first()
        if found is None:
            return
        key = f"order-link:{found.id}:{db.inside().now:%Y%m%d}"
        begun = session.scalar(select(func.count()).where(mail.Message.dedupe_key.startswith(f"{key}:"))) or 0
        if begun < MOST:
            mail.owe(f"{key}:{begun}", found.email)
            jobs.defer("checkout.send_link", order_id=found.id, key=f"{key}:{begun}")
