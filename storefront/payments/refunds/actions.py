"""Money goes back: staff say how much, in which way, and under which reference."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from flask_babel import gettext as _
from sqlalchemy import insert

from storefront.orders import record as orders
from storefront.orders.credit import record as credit
from storefront.orders.models import Order
from storefront.payments import record as payments
from storefront.payments.models import BACK, Payment
from storefront.payments.refunds.models import METHODS, Refund
from storefront.platform import audit, db, events, jobs, mail
from storefront.platform.errors import Refusal
from storefront.platform.money import Money


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """How much goes back, and how; built by forms, schemas and the command."""

    amount: Money
    method: str
    reference: str = ""
    reason: str = ""
    key: UUID | None = None
    """The form's one-time key: sent twice, money goes back once."""


class NotPaid(Refusal):
    """There is no money that could go back."""

    code = "not-paid"

    def message(self) -> str:
        return _("Nothing was paid for this order that could be sent back.")


@dataclass
class TooMuch(Refusal):
    """More would go back than came, or nothing at all."""

    most: Money
    status = 422
    code = "too-much"

    def message(self) -> str:
        return _("At most %(most)s can be sent back, and more than nothing.", most=self.most.format())


@dataclass
class ReasonMissing(Refusal):
    """More goes back than is owed, and nobody said why."""

    owed: Money
    status = 422
    code = "reason-missing"

    def message(self) -> str:
        return _(
            "%(owed)s is to be sent back. If it shall be more, please say why: it stands on a credit note.",
            owed=self.owed.format(),
        )


class UnknownMethod(Refusal):
    """Money does not go back in this way."""

    status = 422
    code = "unknown-refund-method"

    def message(self) -> str:
        return _("Please choose how the money goes back.")


@db.retried
def refund_order(order_id: int, wish: RefundRequest) -> int | None:
    """Take down that money went back; the same key again changes nothing. The refund's id, if it is new.

    What is more than was owed is credited first, and needs a reason. Raises NotPaid, TooMuch,
    ReasonMissing or UnknownMethod.
    """
    if wish.method not in METHODS:
        raise UnknownMethod
    event_id = f"refund:{wish.key or uuid4()}"
    with db.transaction():
        order = orders.lock(order_id)
        payment = payments.latest(order.id)
        if payments.knows(payment, event_id):
            return None
        before = {"payment": payment.state, "refunded": payment.refunded}
        note = _credit_beyond(order, payment, wish)
        payments.give_back(payment, wish.amount.amount, event_id)
        refund = _write(order, payment, wish, note)
        told = {"refund": refund, "amount": wish.amount.amount}
        events.record("order.refunded", f"order:{order.id}", told)
        after = {"payment": payment.state, "refunded": payment.refunded, "method": wish.method}
        audit.note("orders", order.id, before, after | {"reference": wish.reference})
        mail.owe(f"order-refunded:{refund}", order.email)
        jobs.defer("checkout.refunded", refund_id=refund)
    return refund


def _credit_beyond(order: Order, payment: Payment, wish: RefundRequest) -> int | None:
    """Look whether so much can go back, and credit what of it is not owed yet."""
    if payment.state not in BACK:
        raise NotPaid
    most = Money(payment.captured - payment.refunded, payment.currency)
    if wish.amount.currency != most.currency or not 0 < wish.amount.amount <= most.amount:
        raise TooMuch(most)
    beyond = wish.amount.amount - payment.to_refund
    if beyond <= 0:
        return None
    if not wish.reason:
        raise ReasonMissing(Money(payment.to_refund, payment.currency))
    invoice = credit.invoice_of(order)
    note = credit.credit_amount(order, invoice, beyond, wish.reason) if invoice else None
    payments.owe_back(payment, beyond)
    return note.id if note else None


def _write(order: Order, payment: Payment, wish: RefundRequest, note: int | None) -> int:
    row = {
        "order_id": order.id,
        "payment_id": payment.id,
        "credit_note_id": note,
        "currency": payment.currency,
        "amount": wish.amount.amount,
        "method": wish.method,
        "reference": wish.reference,
        "reason": wish.reason,
    }
    written = insert(Refund).values(**row, **events.origin()).returning(Refund.id)
    return db.inside().session.execute(written).scalar_one()
