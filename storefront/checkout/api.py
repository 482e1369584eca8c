"""Orders for programs: bought, read and called off; a customer's own program sees that customer's alone."""

from uuid import UUID

from storefront.checkout import order_told, said_back, told
from storefront.checkout.actions import cancel_order
from storefront.checkout.changing import cancel_lines
from storefront.checkout.refusals import (
    AlreadyPacked,
    CannotBeBought,
    Closed,
    OutOfStock,
    PriceChanged,
    PriceDiffers,
)
from storefront.checkout.said_back import in_api_words
from storefront.checkout.schemas import CancellationNew, OrderNew, OrderQuery
from storefront.checkout.sending import send_lines
from storefront.orders.record import NotAllowed
from storefront.orders.schemas import LineTold, OrderTold
from storefront.platform import limits
from storefront.platform.errors import NotFound
from storefront.platform.json_api import callers
from storefront.platform.json_api.answers import Made, made
from storefront.platform.json_api.operations import blueprint, operation
from storefront.platform.json_api.refusals import Contradiction, Missing
from storefront.platform.json_api.slices import Slice, Slicing, by_id, sliced

bp = blueprint("orders_api", __name__)
TAG = "Orders"
READ, WRITE = "orders:read", "orders:write"
LEADS = {"order_id": "$response.body#/id"}


@bp.get("/orders")
@operation("Orders", TAG, scope=READ, customers=True, query=OrderQuery, out=Slice[OrderTold])
def list_orders(query: OrderQuery) -> Slice[OrderTold]:
    """By ascending id."""
    wanted = {name: getattr(query, name) for name in ("state", "number", "email")}
    wanted["account_id"] = query.customer_id
    found = order_told.orders(_whose(), query.after_id, query.most + 1, **wanted)
    return sliced(query, found, lambda one: one, by_id)


@bp.get("/orders/<key:order_id>")
@operation("One order", TAG, scope=READ, customers=True, out=OrderTold)
def show_order(order_id: int) -> OrderTold:
    """With its lines, where its goods are, and whether it is paid."""
    return _existing(order_id)


@bp.post("/orders")
@operation(
    "Buy",
    TAG,
    scope=WRITE,
    customers=True,
    limit=limits.PLACE_ORDER,
    body=OrderNew,
    out=OrderTold,
    status=201,
    makes=True,
    claims=True,
    refuses=(
        *(NotFound, OutOfStock, CannotBeBought, PriceChanged, PriceDiffers),
        *(Contradiction, Missing, Closed),
    ),
    links=dict.fromkeys(
        (
            *("show_order", "list_order_lines", "cancel", "list_fulfilments"),
            *("list_payments", "record_payment", "list_refunds", "record_refund"),
        ),
        LEADS,
    ),
)
def place_order(body: OrderNew, key: UUID) -> tuple[Made, bool]:
    """For a guest, or for a customer: all lines or none, at the prices of this moment."""
    own = callers.caller().account_id
    if own is not None and body.customer_id not in (None, own):
        raise NotFound
    wish = said_back.wish(body, key, own if own is not None else body.customer_id)
    wanted, prices = said_back.wanted(body), said_back.prices_seen(body)
    with in_api_words():
        bought = send_lines(wanted, prices, wish)
    if bought.written is None:
        return made("orders_api.show_order", order_id=order_told.id_of(bought.token)), bought.again
    found = order_told.told(bought.written)
    return made("orders_api.show_order", told=found, order_id=found.id), False


@bp.get("/orders/<key:order_id>/lines")
@operation("Lines of an order", TAG, scope=READ, customers=True, query=Slicing, out=Slice[LineTold])
def list_order_lines(order_id: int, query: Slicing) -> Slice[LineTold]:
    """What was bought, by ascending id."""
    rest = [one for one in _existing(order_id).lines if one.id > query.after_id]
    return sliced(query, sorted(rest, key=lambda one: one.id), lambda one: one, by_id)


@bp.get("/order-lines/<key:line_id>")
@operation("One line", TAG, scope=READ, customers=True, out=LineTold)
def show_order_line(line_id: int) -> LineTold:
    """What was bought, as it was on that day."""
    found = told.line(line_id, _whose())
    if found is None:
        raise NotFound
    return found


@bp.post("/orders/<key:order_id>/cancellations")
@operation(
    "Call off",
    TAG,
    scope=WRITE,
    customers=True,
    body=CancellationNew,
    out=OrderTold,
    status=201,
    makes=True,
    refuses=(AlreadyPacked, NotAllowed, Contradiction),
)
def cancel(order_id: int, body: CancellationNew) -> Made:
    """The whole order, or units of its lines, as long as nothing is packed; stock comes back once."""
    _existing(order_id)
    if not body.lines:
        cancel_order(order_id, body.reason or None)
    else:
        _cancel_units(order_id, body)
    return made("orders_api.show_order", order_id=order_id)


def _cancel_units(order_id: int, body: CancellationNew) -> None:
    units: dict[int, int] = {}
    for part in body.lines:
        units[part.line_id] = units.get(part.line_id, 0) + part.quantity
    with in_api_words():
        try:
            cancel_lines(order_id, units, body.reason)
        except NotFound:
            raise said_back.no_such_line() from None


def _existing(order_id: int) -> OrderTold:
    found = order_told.order(order_id, _whose())
    if found is None:
        raise NotFound
    return found


def _whose() -> int | None:
    """Whose orders the caller may see; None is everybody's."""
    return callers.caller().account_id
