"""Refunds as programs are told of them; a customer is told of their own alone."""

from sqlalchemy import Select, select

from storefront.orders.credit.models import CreditNote
from storefront.orders.models import Order
from storefront.orders.schemas import RefundTold
from storefront.payments.queries import current
from storefront.payments.refunds.models import Refund
from storefront.platform import db
from storefront.platform.json_api.kinds import Amount
from storefront.platform.money import Money


def is_known(order_id: int, account_id: int | None) -> bool:
    """Whether there is such an order, for this customer or for the shop."""
    wanted = select(Order.id).where(Order.id == order_id)
    if account_id is not None:
        wanted = wanted.where(Order.account_id == account_id)
    return db.session.scalar(wanted) is not None


def refunds(order_id: int, after: int, most: int) -> list[RefundTold]:
    """The refunds of an order, by ascending id."""
    wanted = _with_notes().where(Refund.order_id == order_id, Refund.id > after)
    return [_told(*row) for row in db.session.execute(wanted.order_by(Refund.id).limit(most))]


def refund(refund_id: int, account_id: int | None) -> RefundTold | None:
    """One of them."""
    wanted = _with_notes().where(Refund.id == refund_id)
    if account_id is not None:
        wanted = wanted.join(Order, Order.id == Refund.order_id).where(Order.account_id == account_id)
    row = db.session.execute(wanted).first()
    return _told(*row) if row else None


def owed(order_id: int) -> Money:
    """What was credited after it was paid, and did not go back yet."""
    payment = current([order_id])[order_id]
    return Money(payment.to_refund, payment.currency)


def _with_notes() -> Select[Refund, CreditNote]:
    noted = CreditNote.id == Refund.credit_note_id
    return select(Refund, CreditNote).outerjoin(CreditNote, noted)


def _told(found: Refund, note: CreditNote | None) -> RefundTold:
    same = ("id", "order_id", "payment_id", "method", "reference", "reason", "at")
    return RefundTold(
        **{name: getattr(found, name) for name in same},
        amount=Amount(amount=found.amount, currency=found.currency),
        credit_note=note.label if note else None,
        by=" ".join(filter(None, (found.actor_kind, found.actor_id))),
    )
