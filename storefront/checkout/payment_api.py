"""Money for programs: what was paid, and what came by hand or by bank."""

from flask_babel import gettext as _

from storefront.checkout import order_told, said_back, told
from storefront.checkout.schemas import PaymentNew
from storefront.orders.schemas import PaymentTold
from storefront.payments.actions import OrderCancelled, PaidTooLate, settle_order
from storefront.platform.errors import NotFound
from storefront.platform.json_api import callers
from storefront.platform.json_api.answers import Made, made
from storefront.platform.json_api.operations import blueprint, operation
from storefront.platform.json_api.refusals import Contradiction
from storefront.platform.json_api.slices import Slice, Slicing, by_id, sliced

bp = blueprint("payments_api", __name__)
TAG = "Payments"
READ, WRITE = "payments:read", "payments:write"


@bp.get("/orders/<key:order_id>/payments")
@operation("Payments of an order", TAG, scope=READ, customers=True, query=Slicing, out=Slice[PaymentTold])
def list_payments(order_id: int, query: Slicing) -> Slice[PaymentTold]:
    """By ascending id; the last one that is alive counts."""
    _existing(order_id)
    rest = [one for one in told.payments(order_id) if one.id > query.after_id]
    return sliced(query, rest, lambda one: one, by_id)


@bp.get("/payments/<key:payment_id>")
@operation("One payment", TAG, scope=READ, customers=True, out=PaymentTold)
def show_payment(payment_id: int) -> PaymentTold:
    """What was asked for, what came, and what went back."""
    found = told.payment(payment_id, callers.caller().account_id)
    if found is None:
        raise NotFound
    return found


@bp.post("/orders/<key:order_id>/payments")
@operation(
    "Record money that came",
    TAG,
    scope=WRITE,
    body=PaymentNew,
    out=PaymentTold,
    status=201,
    makes=True,
    refuses=(Contradiction, PaidTooLate, OrderCancelled),
)
def record_payment(order_id: int, body: PaymentNew) -> Made:
    """By hand or by bank, all that is owed. An order that is paid already stays as it is."""
    _existing(order_id)
    payment = told.payments(order_id)[-1]
    if body.amount is not None:
        came = said_back.amount(body.amount, "#/amount")
        if came.amount != payment.amount.amount:
            raise Contradiction.at("#/amount", "amount-differs", _("That is not what is owed."))
    settle_order(order_id, f"by-hand:{payment.id}:{body.reference}" if body.reference else None)
    return made("payments_api.show_payment", payment_id=payment.id)


def _existing(order_id: int) -> None:
    if order_told.order(order_id, callers.caller().account_id) is None:
        raise NotFound
