"""How goods leave, for programs: packed, ready or shipped, delivered, come back."""

from storefront.checkout import changing, fulfilment, order_told, told
from storefront.checkout.api import READ
from storefront.checkout.fulfilment import Tracking
from storefront.checkout.schemas import FulfilmentMove
from storefront.orders.record import NotAllowed
from storefront.orders.schemas import FulfilmentTold
from storefront.platform.errors import NotFound
from storefront.platform.json_api import callers
from storefront.platform.json_api.answers import Made, made
from storefront.platform.json_api.operations import blueprint, operation
from storefront.platform.json_api.slices import Slice, Slicing, by_id, sliced

bp = blueprint("fulfilments_api", __name__)
TAG = "Fulfilments"
WRITE = "fulfilments:write"


@bp.get("/orders/<key:order_id>/fulfilments")
@operation(
    "Fulfilments of an order", TAG, scope=READ, customers=True, query=Slicing, out=Slice[FulfilmentTold]
)
def list_fulfilments(order_id: int, query: Slicing) -> Slice[FulfilmentTold]:
    """Each order has one."""
    rest = [one for one in [_order(order_id)] if one.id > query.after_id]
    return sliced(query, rest, lambda one: one, by_id)


@bp.get("/fulfilments/<key:fulfilment_id>")
@operation("One fulfilment", TAG, scope=READ, customers=True, out=FulfilmentTold)
def show_fulfilment(fulfilment_id: int) -> FulfilmentTold:
    """Where the goods are, and how the parcel can be followed."""
    found = told.fulfilment(fulfilment_id, callers.caller().account_id)
    if found is None:
        raise NotFound
    return found


@bp.post("/orders/<key:order_id>/fulfilments")
@operation(
    "Say where the goods are",
    TAG,
    scope=WRITE,
    body=FulfilmentMove,
    out=FulfilmentTold,
    status=201,
    makes=True,
    refuses=(NotAllowed,),
)
def move_goods(order_id: int, body: FulfilmentMove) -> Made:
    """Waiting → packed → ready or shipped → delivered → returned; other ways are refused."""
    found = _order(order_id)
    match body.state:
        case "packed":
            fulfilment.pack_order(order_id)
        case "ready":
            fulfilment.ready_order(order_id)
        case "shipped":
            tracking = Tracking(body.carrier, body.tracking_number, body.tracking_url)
            fulfilment.ship_order(order_id, tracking)
        case "delivered":
            fulfilment.deliver_order(order_id)
        case "returned":
            changing.take_back(order_id, reason=body.reason)
    return made("fulfilments_api.show_fulfilment", fulfilment_id=found.id)


def _order(order_id: int) -> FulfilmentTold:
    found = order_told.order(order_id, callers.caller().account_id)
    if found is None:
        raise NotFound
    return found.fulfilment
