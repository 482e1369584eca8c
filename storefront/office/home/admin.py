"""The first staff page: how the shop does, what waits, the orders behind each figure, and one search box."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext

from storefront.office.home import charts, finding, sales
from storefront.office.home.checklist import checklist
from storefront.office.home.periods import DAYS, midnight, period
from storefront.office.home.waiting import waiting
from storefront.platform import clock, http, security, staff_pages
from storefront.platform.pages import render
from storefront.platform.paging import Cursor
from storefront.shop.queries import facts

bp = Blueprint("office_home", __name__)
security.staff_only(bp)
staff_pages.entry("office_home.show", lazy_gettext("Today"), "home")
LABELS = {
    "today": lazy_gettext("Today"),
    "week": lazy_gettext("7 days"),
    "month": lazy_gettext("30 days"),
}


@bp.get("/admin")
def show() -> Response:
    """How the shop does, and what waits."""
    shop, me = facts(), security.demand_person()
    asked = period(request.args.get("period", ""), clock.now(), shop.time_zone)
    found = sales.sales(asked)
    return render(
        "office/home/show.html",
        period=asked,
        labels=LABELS,
        sales=found,
        bars=charts.bars([piece.sum.total for piece in found.pieces]),
        drawing=(charts.WIDTH, charts.HEIGHT),
        best=sales.best(asked, found.ids),
        heaps=waiting(me),
        steps=checklist(shop) if "owner" in me.roles else [],
        may=me.roles,
    )


@bp.get("/admin/sales")
def orders() -> Response:
    """The orders that a figure is made of: those of some days, without those that were called off."""
    zone = facts().time_zone
    today = clock.now().astimezone(ZoneInfo(zone)).date()
    last = _day("until", today)
    first = min(_day("since", last - timedelta(days=DAYS["month"] - 1)), last)
    since, until = midnight(first, zone), midnight(last + timedelta(days=1), zone)
    return render(
        "office/home/sales.html",
        first=first,
        last=last,
        sum=sales.sum_between(since, until),
        orders=sales.counted(since, until, _after()),
        may=security.demand_person().roles,
    )


@bp.get("/admin/search")
def search() -> Response:
    """Products, orders and customers with these words; whoever types an order's number is led to it."""
    words, me = staff_pages.words("q"), security.demand_person()
    if number := finding.order_numbered(words, me):
        return http.see("office_orders.show", number=number)
    found = finding.find(words, me) if words else None
    return render("office/home/search.html", words=words, found=found)


def _day(name: str, otherwise: date) -> date:
    try:
        day = date.fromisoformat(staff_pages.words(name))
    except ValueError:
        return otherwise
    return day if 1970 <= day.year <= 9000 else otherwise


def _after() -> Cursor | None:
    try:
        return Cursor.read(request.args.get("after", ""), "sales", datetime)
    except ValueError:
        return None
