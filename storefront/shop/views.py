"""What the merchant must say about itself: delivery, imprint, privacy, made of the shop's facts."""

from typing import Any

from flask import Blueprint, Response

from storefront.platform import i18n, pages
from storefront.platform.errors import NotFound
from storefront.platform.pages import render
from storefront.shop.queries import facts

bp = Blueprint("shop", __name__)
PAGES = ("delivery", "imprint", "privacy", "returns")


@pages.everywhere
def _frame() -> dict[str, Any]:
    return {"shop": facts()}


@bp.get("/pages/<name>")
def page(name: str) -> Response:
    if name not in PAGES:
        raise NotFound
    shop = facts()
    return render(
        f"shop/{name}.html",
        country=i18n.country(shop.country),
        countries=[i18n.country(code) for code in shop.delivery_countries],
    )
