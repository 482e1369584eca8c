"""Where people land who follow a link to the shop as it was on Shopify or WooCommerce."""

from flask import Blueprint, Response

from storefront.catalog import queries
from storefront.platform import http
from storefront.platform.errors import NotFound

bp = Blueprint("arrivals", __name__)


@bp.get("/collections", strict_slashes=False)
@bp.get("/collections/all", strict_slashes=False)
@bp.get("/shop", strict_slashes=False)
def everything() -> Response:
    return http.moved("catalog.products")


@bp.get("/collections/<handle>", strict_slashes=False)
def collection(handle: str) -> Response:
    """A shelf, as Shopify called it."""
    return _shelf(handle)


@bp.get("/product-category/<path:path>", strict_slashes=False)
def category(path: str) -> Response:
    """A shelf below its parents, or a later page of it, as WooCommerce called it."""
    parts = path.strip("/").split("/")
    if len(parts) > 2 and parts[-2] == "page" and parts[-1].isdecimal():
        parts = parts[:-2]
    return _shelf(parts[-1])


@bp.get("/product/<slug>", strict_slashes=False)
@bp.get("/collections/<_collection>/products/<slug>", strict_slashes=False)
def product(slug: str, _collection: str | None = None) -> Response:
    """A product, as both called it. The variants that Shopify numbered in its addresses are unknown here."""
    found = queries.present_product(slug)
    if found is None:
        raise NotFound
    return http.moved("catalog.product", slug=found)


def _shelf(slug: str) -> Response:
    found = queries.present_category(slug)
    if found is None:
        raise NotFound
    return http.moved("catalog.category", slug=found)
