"""Units on shelves for programs: how many there are, why, and changes by hand."""

from flask_babel import gettext as _

from storefront.inventory import actions, told
from storefront.inventory.actions import Adjust, CountShelf
from storefront.inventory.refusals import BadCount, CountedMeanwhile, NotCounted, Promised
from storefront.inventory.schemas import (
    AdjustmentNew,
    AdjustmentQuery,
    AdjustmentTold,
    LevelChange,
    LevelQuery,
    LevelTold,
)
from storefront.platform.errors import NotFound
from storefront.platform.json_api import conditions
from storefront.platform.json_api.answers import Made, made
from storefront.platform.json_api.operations import blueprint, operation
from storefront.platform.json_api.refusals import ChangedSince, Contradiction, Missing
from storefront.platform.json_api.slices import Slice, by_id, sliced
from storefront.platform.paging import Cursor

bp = blueprint("inventory_api", __name__)
TAG = "Inventory"
READ, WRITE = "inventory:read", "inventory:write"


@bp.get("/inventory/levels")
@operation("Units on shelves", TAG, scope=READ, query=LevelQuery, out=Slice[LevelTold])
def list_levels(query: LevelQuery) -> Slice[LevelTold]:
    """By ascending variant; those that nobody counts are not among them."""
    found = told.levels(query.after_id, query.most + 1, query.product_id)
    return sliced(query, found, lambda one: one, lambda one: Cursor("id", one.variant_id, one.variant_id))


@bp.get("/inventory/levels/<key:variant_id>")
@operation("Units of one variant", TAG, scope=READ, out=LevelTold)
def show_level(variant_id: int) -> LevelTold:
    """On hand, reserved and available."""
    return _level(variant_id)


@bp.patch("/inventory/levels/<key:variant_id>")
@operation(
    "Count a shelf",
    TAG,
    scope=WRITE,
    body=LevelChange,
    out=LevelTold,
    conditional=True,
    refuses=(Promised, Contradiction),
)
def change_level(variant_id: int, body: LevelChange) -> LevelTold:
    """What was counted; to add or to take away, make an adjustment."""
    before = _level(variant_id)
    conditions.demand_same(before)
    if body.on_hand is not None:
        try:
            actions.count_stock(variant_id, CountShelf(before.on_hand, body.on_hand, body.note))
        except CountedMeanwhile:
            raise ChangedSince('"0"') from None
    if "low_at" in body.model_fields_set:
        actions.set_low_at(variant_id, body.low_at)
    return _level(variant_id)


@bp.get("/inventory/adjustments")
@operation("The ledger", TAG, scope=READ, query=AdjustmentQuery, out=Slice[AdjustmentTold])
def list_adjustments(query: AdjustmentQuery) -> Slice[AdjustmentTold]:
    """Every movement of units and why, by ascending id; sales and returns, too."""
    found = told.adjustments(query.after_id, query.most + 1, query.variant_id)
    return sliced(query, found, lambda one: one, by_id)


@bp.get("/inventory/adjustments/<key:adjustment_id>")
@operation("One line of the ledger", TAG, scope=READ, out=AdjustmentTold)
def show_adjustment(adjustment_id: int) -> AdjustmentTold:
    """It never changes."""
    found = told.adjustment(adjustment_id)
    if found is None or found.id != adjustment_id:
        raise NotFound
    return found


@bp.post("/inventory/adjustments")
@operation(
    "Add units, or take some away",
    TAG,
    scope=WRITE,
    body=AdjustmentNew,
    out=AdjustmentTold,
    status=201,
    makes=True,
    refuses=(Promised, Contradiction, Missing),
    links={"show_adjustment": {"adjustment_id": "$response.body#/id"}},
)
def adjust(body: AdjustmentNew) -> Made:
    """It adds to whatever is there by then, so it is right whoever buys meanwhile."""
    try:
        actions.adjust_stock(body.variant_id, Adjust(body.quantity, body.reason, body.note))
    except NotCounted:
        sentence = _("Nobody counts such a variant.")
        raise Missing.at("#/variant_id", "reference-missing", sentence) from None
    except BadCount as bad:
        raise Contradiction.at("#/quantity", "impossible", bad.message()) from None
    return made("inventory_api.show_adjustment", adjustment_id=told.last_of(body.variant_id))


def _level(variant_id: int) -> LevelTold:
    found = told.level(variant_id)
    if found is None:
        raise NotFound
    return found
