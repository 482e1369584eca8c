"""Put right who and where a customer is, while nothing is packed."""

from dataclasses import asdict, dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import update

from storefront.orders import record
from storefront.orders.models import Order
from storefront.platform import audit, db, events, jobs, mail
from storefront.platform.errors import Refusal


@dataclass(frozen=True, slots=True)
class Correction:
    """What is right."""

    name: str
    email: str
    phone: str
    delivery_address: dict[str, Any] | None
    billing_address: dict[str, Any] | None


class TooLateToCorrect(Refusal):
    """The goods are packed, or the order is over: what stands on the parcel is decided."""

    code = "too-late-to-correct"

    def message(self) -> str:
        return _("This order is no longer waiting to be packed, so it can no longer be corrected.")


@db.retried
def correct_order(order_id: int, right: Correction) -> None:
    """Write what is right; at another e-mail the customer gets the confirmation again.

    Raises TooLateToCorrect.
    """
    with db.transaction() as session:
        order = record.lock(order_id)
        if order.state != "open" or record.fulfilment_of(order).state != "waiting":
            raise TooLateToCorrect
        after = asdict(right)
        before = {name: getattr(order, name) for name in after}
        if before == after:
            return
        session.execute(update(Order).where(Order.id == order.id).values(**after))
        audit.note("orders", order.id, before, after)
        events.record("order.corrected", f"order:{order.id}")
        if before["email"].lower() != after["email"].lower():
            _confirm_again(order.id, right.email)


def _confirm_again(order_id: int, email: str) -> None:
    """The first confirmation went to somebody else, or to nobody."""
    key = f"order-placed:{order_id}:{int(db.inside().now.timestamp())}"
    mail.owe(key, email)
    jobs.defer("office.confirm_again", order_id=order_id, key=key)
