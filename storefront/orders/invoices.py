"""Number an order's invoice, once, without a gap. Part of a change, and its last one."""

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import exists, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from storefront.orders.models import Invoice, NumberSeries, Order
from storefront.platform import db
from storefront.shop.models import Shop


def issue(order: Order) -> bool:
    """Give a locked order its invoice unless it has one; tells whether it was given now.

    The series is the year in the shop's time zone. The counter's row stays locked until the commit,
    which is what makes the numbers gapless: whoever rolls back gives the number back.
    """
    here = db.inside()
    if here.session.scalar(select(exists().where(Invoice.order_id == order.id))):
        return False
    series, facts = seller()
    here.session.execute(
        insert(Invoice).values(
            order_id=order.id,
            series=series,
            number=next_number(series),
            issued_at=here.now,
            currency=order.currency,
            tax=order.tax,
            total=order.total,
            seller=facts,
            buyer=order.billing_address or order.delivery_address or {"name": order.name},
        )
    )
    return True


def seller() -> tuple[str, dict[str, Any]]:
    """The year in the shop's time zone, and who sells, as a document keeps it. Part of a change."""
    here = db.inside()
    shop = here.session.scalars(select(Shop)).one()
    facts = {
        "name": shop.name,
        "address": shop.address_lines,
        "country": shop.country,
        "vat_id": shop.vat_id,
        "email": shop.email,
        "phone": shop.phone,
    }
    return str(here.now.astimezone(ZoneInfo(shop.time_zone)).year), facts


def next_number(series: str) -> int:
    """The next number of a series, whose row stays locked until the commit. Part of a change."""
    counter = upsert(NumberSeries).values(name=series, last=1)
    counter = counter.on_conflict_do_update(
        index_elements=[NumberSeries.name], set_={"last": NumberSeries.last + 1}
    )
    return db.inside().session.execute(counter.returning(NumberSeries.last)).scalar_one()
