"""Write payments down and move them along their table. Parts of a change; the order is locked first."""

from sqlalchemy import CTE, Integer, Text, bindparam, exists, insert, literal_column, select, update

from storefront.orders import record as orders
from storefront.orders.record import NotAllowed
from storefront.payments.models import DEAD, MOVES, Payment, PaymentEvent
from storefront.platform import db
from storefront.platform.statements import word

_EVENT = insert(db.table(PaymentEvent)).inline()


def payment_of(order: CTE) -> CTE:
    """The payment of a new order; one that is paid at hand-over is authorised from the start.

    A part of the statement that places it, which is given `provider` and `payment_state`.
    """
    state = bindparam("payment_state", type_=Text)
    row = {
        "order_id": order.c.id,
        "method": order.c.payment_method,
        "provider": bindparam("provider", type_=Text),
        "state": state,
        "currency": order.c.currency,
        "amount": order.c.total,
        "authorised": order.c.total * (state == word("authorised")).cast(Integer),
        "created_at": order.c.placed_at,
    }
    paid = db.table(Payment)
    told = [paid.c[it] for it in ("id", "state", "provider", "authorised", "created_at")]
    return insert(paid).from_select(list(row), select(*row.values())).returning(*told).cte("payment")


def authorisation_of(payment: CTE) -> CTE:
    """The event that authorised it, if it was."""
    row = {
        "payment_id": payment.c.id,
        "provider": payment.c.provider,
        "event_id": word("authorised:").concat(payment.c.id),
        "kind": word("authorised"),
        "amount": payment.c.authorised,
        "at": payment.c.created_at,
    }
    moved = select(*row.values()).where(payment.c.authorised > literal_column("0"))
    return insert(db.table(PaymentEvent)).from_select(list(row), moved).cte("authorisation")


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
    orders.write_step(payment.order_id, "payment", payment.id, payment.state, to, reason)
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


def lower(payment: Payment, by: int) -> None:
    """Less is to be paid than was ordered. Raises NotAllowed if it was paid already."""
    if payment.state not in ("created", "requires_action", "authorised"):
        raise NotAllowed("payment", payment.state, "voided")
    released = max(0, payment.authorised - (payment.amount - by))
    if released:
        # The key tells one step from the next: each begins at another amount.
        name = f"released:{payment.id}:{payment.amount}"
        _write(payment.id, payment.provider, name, "released", released)
    payment.authorised -= released
    payment.amount -= by
    _save(payment)


def owe_back(payment: Payment, amount: int) -> None:
    """So much of what was paid must go back to the customer."""
    payment.to_refund += amount
    _save(payment)


def give_back(payment: Payment, amount: int, event_id: str) -> None:
    """So much went back, as the provider's event says. Raises NotAllowed."""
    _write(payment.id, payment.provider, event_id, "refunded", amount)
    payment.refunded += amount
    payment.to_refund -= amount
    to = "refunded" if payment.refunded == payment.captured else "partially_refunded"
    if payment.state == to:
        _save(payment)
    else:
        move(payment, to)


def knows(payment: Payment, event_id: str) -> bool:
    """Whether an event of its provider was taken down before."""
    same = (PaymentEvent.provider == payment.provider, PaymentEvent.event_id == event_id)
    return bool(db.inside().session.scalar(select(exists().where(*same))))


def _save(payment: Payment) -> None:
    names = ("state", "amount", "authorised", "captured", "refunded", "to_refund")
    values = {name: getattr(payment, name) for name in names}
    db.inside().session.execute(update(Payment).where(Payment.id == payment.id).values(**values))


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
