"""The audit log: who changed what, from what to what, when, and where that came from."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext

from storefront.office.audit import queries
from storefront.office.audit.queries import Wanted
from storefront.office.audit.subjects import KINDS, SUBJECTS
from storefront.platform import security, staff_pages
from storefront.platform.errors import NotFound
from storefront.platform.pages import render
from storefront.shop.queries import facts

bp = Blueprint("office_audit", __name__)
security.staff_only(bp, "owner")
staff_pages.entry("office_audit.index", lazy_gettext("Audit log"), "shop", "owner", place=80)


@bp.get("/admin/audit")
def index() -> Response:
    """The newest changes, or those one looks for."""
    wanted = _wanted()
    return render(
        "office/audit/index.html",
        lines=queries.page(wanted, staff_pages.after()),
        wanted=wanted,
        who=request.args.get("who", ""),
        people=[(f"staff:{key}", name) for key, name in queries.staff()],
        kinds=KINDS,
        subjects=SUBJECTS,
        days={name: _day(name) for name in ("since", "until")},
    )


@bp.get(f"/admin/audit/{staff_pages.KEY}")
def show(key: int) -> Response:
    """One change with everything that was written down about it."""
    line = queries.entry(key)
    if line is None:
        raise NotFound
    return render("office/audit/show.html", line=line)


def _wanted() -> Wanted:
    kind, _sign, actor_id = staff_pages.words("who").partition(":")
    until = _midnight("until")
    return Wanted(
        kind=kind,
        actor_id=actor_id,
        subject=staff_pages.words("what"),
        subject_id=staff_pages.words("which"),
        request_id=staff_pages.words("request"),
        since=_midnight("since"),
        until=until + timedelta(days=1) if until else None,
    )


def _day(name: str) -> str:
    """A day as the browser's field writes it, or nothing where it is none."""
    midnight = _midnight(name)
    return midnight.astimezone(ZoneInfo(facts().time_zone)).date().isoformat() if midnight else ""


def _midnight(name: str) -> datetime | None:
    """When a day that was typed begins at the shop."""
    try:
        day = datetime.fromisoformat(staff_pages.words(name)).date()
        return datetime.combine(day, time(), ZoneInfo(facts().time_zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
