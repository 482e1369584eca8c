"""What programs read of the shelves: the sitemap in sheets, and a feed of what is new."""

from flask import Blueprint, Response, render_template

from storefront.catalog import news, sitemap
from storefront.platform import clock, db, links
from storefront.platform.documents import document
from storefront.platform.errors import NotFound
from storefront.platform.pages import cached_page
from storefront.shop import content
from storefront.shop.queries import facts

bp = Blueprint("feeds", __name__)
ENDPOINTS = {"shelves": "catalog.category", "products": "catalog.product"}


@bp.get("/sitemap.xml")
@cached_page("machines", tags=("catalog",))
def sitemaps() -> Response:
    sheets = sitemap.sheets()
    db.release()
    return document(
        render_template("catalog/sitemaps.xml", sheets=sheets, whole=links.whole), "application/xml"
    )


@bp.get("/sitemap-pages.xml")
@cached_page("machines", tags=("shop",))
def pages() -> Response:
    """The addresses that every shop has."""
    found = [links.whole("catalog.home"), links.whole("catalog.products")]
    found += map(links.each("shop.page", "name"), content.titles(facts().own_pages))
    return _sheet([(address, None) for address in found])


@bp.get(f"/sitemap-<any({', '.join(ENDPOINTS)}):kind>-<int(max={sitemap.MOST_SHEETS}):number>.xml")
@cached_page("machines", tags=("catalog", "shelves"))
def sheet(kind: str, number: int) -> Response:
    slugs = sitemap.slugs(kind, number)
    db.release()
    if not slugs:
        raise NotFound
    address = links.each(ENDPOINTS[kind], "slug")
    return _sheet([(address(slug), changed) for slug, changed in slugs])


@bp.get("/feed.xml")
@cached_page("machines", tags=("catalog", "shop"))
def feed() -> Response:
    """New products, for feed readers (Atom)."""
    shop, newcomers = facts(), news.newcomers()
    db.release()
    body = render_template(
        "catalog/feed.xml",
        shop=shop,
        newcomers=newcomers,
        updated=max((one.updated for one in newcomers), default=clock.now()),
        home=links.whole("catalog.home"),
        here=links.whole(".feed"),
        address=links.each("catalog.product", "slug"),
    )
    return document(body, "application/atom+xml")


def _sheet(addresses: list[tuple[str, object]]) -> Response:
    return document(render_template("catalog/sitemap.xml", addresses=addresses), "application/xml")
