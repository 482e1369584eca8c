"""The sign in the door: take no orders until a moment, or until somebody opens the shop again."""

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from storefront.office.settings.forms import moment
from storefront.platform import clock, forms, http, security, staff_pages
from storefront.platform.pages import render
from storefront.shop.actions import close_shop, open_shop
from storefront.shop.queries import facts
from storefront.shop.refusals import BadFact

bp = Blueprint("office_door", __name__)
security.staff_only(bp, "owner")
staff_pages.confirmation("shop-closed", lambda _n: _("The shop is closed. Every page says so."))
staff_pages.confirmation("shop-opened", lambda _n: _("The shop is open."))


@bp.get("/admin/settings/door")
def show() -> Response:
    """Whether orders are taken."""
    return _shown()


@bp.post("/admin/settings/door/closing")
def close() -> Response:
    """Take no orders."""
    typed = request.form.get("until", "").strip()
    try:
        close_shop(moment(typed, facts().time_zone))
    except ValueError:
        return _shown(typed, _("Please write a day and a time, such as 2026-12-27 08:00."))
    except BadFact:
        return _shown(typed, _("Please choose a moment that lies in the future."))
    return http.see(".show", done="shop-closed")


@bp.post("/admin/settings/door/opening")
def open_again() -> Response:
    """Take orders."""
    open_shop()
    return http.see(".show", done="shop-opened")


def _shown(typed: str = "", problem: str | None = None) -> Response:
    return render(
        "office/settings/door.html",
        status=422 if problem else 200,
        closed=facts().is_closed(clock.now()),
        typed=forms.readable(typed[:40]),
        problem=problem,
    )
