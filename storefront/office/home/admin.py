"""The first staff page: how the shop does, and what waits for somebody."""

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext

from storefront.platform import security, staff_pages
from storefront.platform.pages import render

bp = Blueprint("office_home", __name__)
security.staff_only(bp)
staff_pages.entry("office_home.show", lazy_gettext("Today"), "home")


@bp.get("/admin")
def show() -> Response:
    return render("office/home/show.html")


@bp.get("/admin/search")
def search() -> Response:
    return render("office/home/search.html", words=request.args.get("q", ""))
