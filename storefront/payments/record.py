"""Write payments down and move them along their table. Parts of a change; the order is locked first."""

from sqlalchemy import insert, select, update

from storefront.orders import record as orders
from storefront.orders.record import NotAllowed, Step
from storefront.payments.models import DEAD, MOVES, Payment, PaymentEvent
from storefront.platform import db
from storefront.platform.money import Money

_PAYMENT = insert(db.table(Payment)).returning(Payment.id)
_EVENT = insert(db.table(PaymentEvent)).inline()


def payment(order_id: int, method: str, provider: str, state: str, amount: Money) -> int:
    """Insert the payment of a new order; one that is paid at hand-over is authorised from the start."""
    here = db.inside()
    authorised = amount.amount if state == "authorised" else 0
    row = {
        "order_id": order_id,
        "method": method,
        "provider": provider,
        "state": state,
        "currency": amount.currency,
        "amount": amount.amount,
        "authorised": authorised,
        "created_at": here.now,
    }
    key: int = here.execute(_PAYMENT, row).scalar_one()
    if authorised:
        _write(key, provider, f"authorised:{key}", "authorised", authorised)
    return key


def latest(order_id: int) -> Payment:
    """The payment of a locked order, as it is now: the live one, else the last."""
    query = (
        select(Payment)
        .where(Payment.order_id == order_id)
        .order_by(Payment.state.in_(DEAD), Payment.id.desc())
        .limit(1)
    )
    return db.inside().session.scalars(query.execution_options(populate_existing=True)).one()


def move(payment: Payment, to: str, reason: str | None = None) -> None:
    """Move a payment along its table. Raises NotAllowed."""
    if (payment.state, to) not in MOVES:
        raise NotAllowed("payment", payment.state, to)
    orders.write_history(payment.order_id, [Step("payment", payment.id, payment.state, to, reason)])
    payment.state = to
    _save(payment)


def capture(payment: Payment, event_id: str) -> None:
    """The whole amount arrived, as the provider's event says. Raises NotAllowed."""
    if payment.authorised < payment.amount:
        _write(
            payment.id,
            payment.provider,
            f"{event_id}:authorised",
            "authorised",
            payment.amount - payment.authorised,
        )
    _write(payment.id, payment.provider, event_id, "captured", payment.amount)
    payment.authorised = payment.captured = payment.amount
    move(payment, "captured")


def _save(payment: Payment) -> None:
    db.inside().session.execute(
        update(Payment)
        .where(Payment.id == payment.id)
        .values(state=payment.state, authorised=payment.authorised, captured=payment.captured)
    )


def _write(payment_id: int, provider: str, event_id: str, kind: str, amount: int) -> None:
    here = db.inside()
    if amount:
        here.execute(
            _EVENT,
            {
                "payment_id": payment_id,
                "provider": provider,
                "event_id": event_id,
                "kind": kind,
                "amount": amount,
                "at": here.now,
            },
        )
