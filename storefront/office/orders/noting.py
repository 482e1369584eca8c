"""Write a note beside an order, for staff or to its customer."""

from storefront.orders import notes, record
from storefront.platform import audit, db, jobs, mail


@db.retried
def note_order(order_id: int, words: str, *, to_customer: bool) -> None:
    """Keep what somebody wrote; a note to the customer goes out by mail. Raises NotFound."""
    with db.transaction():
        order = record.lock(order_id)
        key = notes.write(order.id, words, order.email if to_customer else None)
        audit.note("order_notes", key, None, {"order": order.number, "to_customer": to_customer})
        if to_customer:
            mail.owe(f"order-note:{key}", order.email)
            jobs.defer("office.order_note", note_id=key)
