"""Products for programs: found and read by everybody, written with a key."""

from collections.abc import Sequence
from typing import Any

from flask import request

from storefront.catalog import actions, cards, patching, told
from storefront.catalog.listing import has_row
from storefront.catalog.refusals import NotDeletable
from storefront.catalog.said_back import in_api_words
from storefront.catalog.schemas import ProductChange, ProductNew, ProductQuery, ProductSeen, ProductTold
from storefront.catalog.sorting import RELEVANCE, SORTS, Sort
from storefront.catalog.wishes import Wish
from storefront.platform import limits, pages
from storefront.platform.errors import NotFound
from storefront.platform.json_api import callers, conditions
from storefront.platform.json_api.answers import Made, made
from storefront.platform.json_api.operations import blueprint, operation
from storefront.platform.json_api.refusals import ChangedSince, Contradiction, KeyNeeded, Missing, ScopeNeeded
from storefront.platform.json_api.slices import Slice, by_id, sliced
from storefront.platform.paging import Cursor

bp = blueprint("products_api", __name__)
TAG = "Products"
READ, WRITE = "products:read", "products:write"
REFUSED = (Contradiction, Missing)
LEADS = {"product_id": "$response.body#/id"}


@bp.get("/products")
@operation(
    "Products that fit a wish",
    TAG,
    kept="list",
    tags=("catalog", "obtainable", "ratings", "shop"),
    limit=limits.SEARCH,
    unless=lambda: not request.args.get("q"),
    query=ProductQuery,
    more=READ,
    out=Slice[ProductSeen],
    refuses=(KeyNeeded, ScopeNeeded),
)
def list_products(query: ProductQuery) -> Slice[ProductSeen]:
    """Search, shelf, price range, in stock and sort, as in the shop itself."""
    if query.status is not None:
        callers.demand(READ, customers=False)
        rows = cards.every(query.status, query.after_id, query.most + 1)
        return sliced(query, rows, told.seen(), by_id)
    if query.slug is not None:
        rows = cards.called(query.slug)
        return sliced(query, rows, told.seen(), by_id)
    wish = _wish(query)
    _judge_worth(query, wish)
    rows = cards.found(wish, query.category_id, query.most + 1)
    pages.about(*(f"product:{row.id}" for row in rows))
    return _told(query, rows, wish.sort)


@bp.get("/products/<key:product_id>")
@operation(
    "One product",
    TAG,
    kept="product",
    tags=("shop",),
    more=READ,
    out=ProductTold,
    links=dict.fromkeys(("list_variants", "list_images", "list_published_reviews"), LEADS),
)
def show_product(product_id: int) -> ProductTold:
    """With its choices and pictures; drafts and what is put away are seen with a key alone."""
    found = told.product(product_id, everything=callers.caller().may(READ) or callers.caller().may(WRITE))
    if found is None:
        raise NotFound
    pages.about(f"product:{product_id}")
    return found


@bp.post("/products")
@operation(
    "Make a product",
    TAG,
    scope=WRITE,
    body=ProductNew,
    out=ProductTold,
    status=201,
    makes=True,
    refuses=REFUSED,
    links=dict.fromkeys(("show_product", "change_product", "delete_product", "make_variant"), LEADS),
)
def create_product(body: ProductNew) -> Made:
    """With its first choices, in one go; a draft unless it says otherwise."""
    with in_api_words():
        product_id = actions.create_product(patching.new_product(body))
    return made("products_api.show_product", product_id=product_id)


@bp.patch("/products/<key:product_id>")
@operation(
    "Change a product",
    TAG,
    scope=WRITE,
    body=ProductChange,
    out=ProductTold,
    conditional=True,
    refuses=REFUSED,
)
def change_product(product_id: int, body: ProductChange) -> ProductTold:
    """What is left out stays; an address that is changed leads to the new one."""
    version = conditions.demand(_existing(product_id).version)
    with in_api_words():
        actions.edit_product(product_id, patching.edited_product(product_id, version, body))
    return _existing(product_id)


@bp.delete("/products/<key:product_id>")
@operation("Forget a product", TAG, scope=WRITE, status=204, refuses=(NotDeletable, ChangedSince))
def delete_product(product_id: int) -> None:
    """Only what was never sold and never counted; anything else is archived by changing its status."""
    version = conditions.allow(_existing(product_id).version)
    with in_api_words():
        actions.delete_product(product_id, version)


def _existing(product_id: int) -> ProductTold:
    found = told.product(product_id, everything=True)
    if found is None:
        raise NotFound
    return found


def _wish(query: ProductQuery) -> Wish:
    words = (query.q or "").strip()
    default = RELEVANCE if words else SORTS["featured"]
    sort = SORTS[query.sort] if query.sort else default
    return Wish(
        words=words,
        facets={"brand": (query.brand,)} if query.brand else {},
        least=query.price_min,
        most=query.price_max,
        in_stock=bool(query.in_stock),
        sort=sort,
        after=query.cursor(sort.name, sort.kind),
    )


def _judge_worth(query: ProductQuery, wish: Wish) -> None:
    """What could be made up without end is answered and not kept."""
    bounded = query.price_min is not None or query.price_max is not None
    lost = wish.after is not None and not has_row(wish.sort, wish.after)
    if wish.words or bounded or query.brand or lost:
        pages.passing()


def _told(query: ProductQuery, rows: Sequence[Any], sort: Sort) -> Slice[ProductSeen]:
    return sliced(
        query,
        rows,
        told.seen(),
        lambda row: Cursor(sort.name, row.measure, row.id),
    )
