"""What the merchant must say about itself: delivery, terms, privacy and more, made of the shop's facts."""

from typing import Any

from flask import Blueprint, Response

from storefront.config import settings
from storefront.platform import http, i18n, pages
from storefront.platform.errors import NotFound
from storefront.platform.pages import render
from storefront.shop import previews
from storefront.shop.content import PAGES
from storefront.shop.queries import facts

bp = Blueprint("shop", __name__)


@pages.everywhere
def _frame() -> dict[str, Any]:
    pages.about("shop")
    return {"shop": facts(), "content_pages": PAGES}


@bp.get("/pages/<name>")
@pages.cached_page("content")
def page(name: str) -> Response:
    if name not in PAGES:
        raise NotFound
    shop = facts()
    return render(
        f"shop/{name}.html",
        page=PAGES[name],
        preview=previews.of_content(shop, name, PAGES[name]),
        country=i18n.country(shop.country),
        countries=[i18n.country(code) for code in shop.delivery_countries],
        transfer_days=settings().bank_transfer_days,
        cart_days=settings().cart_days,
        cookie_days=http.COOKIE_DAYS,
    )
