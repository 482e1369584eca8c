"""What the merchant must say about itself: delivery, terms, privacy and more, made of the shop's facts."""

from typing import Any

from flask import Blueprint, Response, url_for

from storefront.config import settings
from storefront.platform import http, pages, prose
from storefront.platform.errors import NotFound
from storefront.platform.pages import render
from storefront.shop import content, previews, told
from storefront.shop.filling import fill
from storefront.shop.queries import facts

bp = Blueprint("shop", __name__)
bp.add_app_template_global(content.titles, "content_titles")


@pages.everywhere
def _frame() -> dict[str, Any]:
    pages.about("shop")
    return {"shop": facts()}


@bp.get("/pages/<name>")
@pages.cached_page("content")
def page(name: str) -> Response:
    found = content.written(name)
    if found is None:
        raise NotFound
    shop, operator = facts(), settings()
    days = told.Days(operator.bank_transfer_days, operator.cart_days, http.COOKIE_DAYS)
    shelves = _shelves() if "shelves" in found.body else []
    said = fill(found.body, told.facts(shop, days, shelves))
    return render(
        "shop/page.html",
        page=found,
        body=prose.html(said, top=2, link_rel=None),
        preview=previews.of_content(shop, name, found),
    )


def _shelves() -> list[tuple[str, str]]:
    """Titles and addresses of what every page's frame names."""
    shelves = pages.frame()["shelves"]
    return [(shelf.title, url_for("catalog.category", slug=shelf.slug)) for shelf in shelves]
