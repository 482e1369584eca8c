"""Money that went back, for programs: what was sent, how, and under which reference."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask_babel import gettext as _

from storefront.checkout import money_back, said_back
from storefront.checkout.payment_api import READ
from storefront.checkout.schemas import RefundNew
from storefront.orders.schemas import RefundTold
from storefront.payments.refunds.actions import NotPaid, ReasonMissing, RefundRequest, TooMuch, refund_order
from storefront.platform.errors import NotFound
from storefront.platform.json_api import callers
from storefront.platform.json_api.answers import Made, made
from storefront.platform.json_api.operations import blueprint, operation
from storefront.platform.json_api.refusals import Contradiction
from storefront.platform.json_api.slices import Slice, Slicing, by_id, sliced

bp = blueprint("refunds_api", __name__)
TAG = "Refunds"
WRITE = "refunds:write"


@bp.get("/orders/<key:order_id>/refunds")
@operation("Refunds of an order", TAG, scope=READ, customers=True, query=Slicing, out=Slice[RefundTold])
def list_refunds(order_id: int, query: Slicing) -> Slice[RefundTold]:
    """By ascending id."""
    _existing(order_id)
    found = money_back.refunds(order_id, query.after_id, query.most + 1)
    return sliced(query, found, lambda one: one, by_id)


@bp.get("/refunds/<key:refund_id>")
@operation("One refund", TAG, scope=READ, customers=True, out=RefundTold)
def show_refund(refund_id: int) -> RefundTold:
    """It never changes."""
    found = money_back.refund(refund_id, callers.caller().account_id)
    if found is None:
        raise NotFound
    return found


@bp.post("/orders/<key:order_id>/refunds")
@operation(
    "Record money that went back",
    TAG,
    scope=WRITE,
    body=RefundNew,
    out=RefundTold,
    status=201,
    makes=True,
    refuses=(Contradiction, NotPaid),
    links={"show_refund": {"refund_id": "$response.body#/id"}},
)
def record_refund(order_id: int, body: RefundNew) -> Made:
    """By hand or by bank, in parts or whole. More than is owed is credited first, and needs a reason."""
    _existing(order_id)
    amount = said_back.amount(body.amount, "#/amount") if body.amount else money_back.owed(order_id)
    if body.method != "cash" and not body.reference.strip():
        sentence = _("Please say what finds it again, such as the number of the transfer.")
        raise Contradiction.at("#/reference", "reference-needed", sentence)
    wish = RefundRequest(amount, body.method, body.reference.strip(), body.reason.strip())
    with _in_api_words():
        refund_id = refund_order(order_id, wish)
    return made("refunds_api.show_refund", refund_id=refund_id)


@contextmanager
def _in_api_words() -> Iterator[None]:
    """What only the shop knows is 409 to programs, and named by where it stands."""
    try:
        yield
    except TooMuch as refusal:
        raise Contradiction.at("#/amount", refusal.code, refusal.message()) from None
    except ReasonMissing as refusal:
        raise Contradiction.at("#/reason", refusal.code, refusal.message()) from None


def _existing(order_id: int) -> None:
    if not money_back.is_known(order_id, callers.caller().account_id):
        raise NotFound
