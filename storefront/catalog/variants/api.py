"""Choices of products for programs."""

from storefront.catalog import patching, told
from storefront.catalog.refusals import NotDeletable
from storefront.catalog.said_back import in_api_words
from storefront.catalog.schemas import VariantChange, VariantNew, VariantTold
from storefront.catalog.variants import actions
from storefront.catalog.variants.refusals import StillPromised
from storefront.platform import pages
from storefront.platform.errors import NotFound
from storefront.platform.json_api import callers, conditions
from storefront.platform.json_api.answers import Made, made
from storefront.platform.json_api.operations import blueprint, operation
from storefront.platform.json_api.refusals import ChangedSince, Contradiction
from storefront.platform.json_api.slices import Slice, Slicing, by_id, sliced

bp = blueprint("variants_api", __name__)
TAG = "Variants"
READ, WRITE = "products:read", "products:write"
LEADS = {"variant_id": "$response.body#/id"}


@bp.get("/products/<key:product_id>/variants")
@operation(
    "Choices of a product",
    TAG,
    kept="product",
    tags=("shop",),
    more=READ,
    query=Slicing,
    out=Slice[VariantTold],
)
def list_variants(product_id: int, query: Slicing) -> Slice[VariantTold]:
    """What is sold of it, by id."""
    found = told.variants(product_id, everything=_may())
    if found is None:
        raise NotFound
    pages.about(f"product:{product_id}")
    rest = sorted((one for one in found if one.id > query.after_id), key=lambda one: one.id)
    return sliced(query, rest, lambda one: one, by_id)


@bp.get("/variants/<key:variant_id>")
@operation("One choice", TAG, kept="product", tags=("shop",), more=READ, out=VariantTold)
def show_variant(variant_id: int) -> VariantTold:
    """What is sold and stocked."""
    found = told.one_variant(variant_id, everything=_may())
    if found is None:
        raise NotFound
    pages.about(f"product:{found.product_id}")
    return found


@bp.post("/products/<key:product_id>/variants")
@operation(
    "Add a choice",
    TAG,
    scope=WRITE,
    body=VariantNew,
    out=VariantTold,
    status=201,
    makes=True,
    refuses=(Contradiction,),
    links=dict.fromkeys(("show_variant", "change_variant", "delete_variant", "show_level"), LEADS),
)
def make_variant(product_id: int, body: VariantNew) -> Made:
    """It has one value for each of the product's options."""
    with in_api_words():
        (variant_id,) = actions.add_variants(product_id, [patching.new_variant(body)])
    return made("variants_api.show_variant", variant_id=variant_id)


@bp.patch("/variants/<key:variant_id>")
@operation(
    "Change a choice",
    TAG,
    scope=WRITE,
    body=VariantChange,
    out=VariantTold,
    conditional=True,
    refuses=(Contradiction, StillPromised),
)
def change_variant(variant_id: int, body: VariantChange) -> VariantTold:
    """What is left out stays. A price here is the usual one, which a sale may stand in front of."""
    conditions.demand(_existing(variant_id).version)
    with in_api_words():
        product_id, wish = patching.edited_variant(variant_id, body)
        version = actions.edit_variants(product_id, wish)
        if body.archived is not None:
            put = actions.archive_variant if body.archived else actions.restore_variant
            put(variant_id, version)
    return _existing(variant_id)


@bp.delete("/variants/<key:variant_id>")
@operation("Forget a choice", TAG, scope=WRITE, status=204, refuses=(NotDeletable, ChangedSince))
def delete_variant(variant_id: int) -> None:
    """Only what was never sold and never counted; anything else is archived."""
    conditions.allow(_existing(variant_id).version)
    actions.delete_variant(variant_id)


def _may() -> bool:
    return callers.caller().may(READ) or callers.caller().may(WRITE)


def _existing(variant_id: int) -> VariantTold:
    found = told.one_variant(variant_id, everything=True)
    if found is None:
        raise NotFound
    return found
