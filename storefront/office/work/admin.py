"""The jobs of the worker: what waits, runs, is tried again, and what somebody has to look at."""

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from storefront.office.work import actions, queries
from storefront.office.work.tables import STATES
from storefront.platform import http, security, staff_pages
from storefront.platform.errors import NotFound
from storefront.platform.pages import render

bp = Blueprint("office_work", __name__)
security.staff_only(bp, "owner")
staff_pages.entry("office_work.index", lazy_gettext("Jobs"), "shop", "owner", place=60)
staff_pages.confirmation("job-runs-again", lambda _n: _("The worker does this job next."))
staff_pages.confirmation("job-dropped", lambda _n: _("This job will not be done."))
LABELS = {
    "parked": lazy_gettext("Parked"),
    "retrying": lazy_gettext("Tried again"),
    "waiting": lazy_gettext("Waiting"),
    "running": lazy_gettext("Running"),
    "done": lazy_gettext("Done"),
}


@bp.get("/admin/jobs")
def index() -> Response:
    """Jobs that stand as one asks; first those that somebody has to look at."""
    state = request.args.get("state", "")
    state = state if state in STATES else "parked"
    return render(
        "office/work/index.html",
        state=state,
        labels=LABELS,
        counts=queries.counts(),
        jobs=queries.page(state, staff_pages.after()),
        has_worker=queries.has_worker(),
    )


@bp.get(f"/admin/jobs/{staff_pages.KEY}")
def show(key: int) -> Response:
    """One job: what it is about, what happened, and why it failed each time."""
    job = queries.job(key)
    if job is None:
        raise NotFound
    return render(
        "office/work/show.html",
        job=job,
        labels=LABELS,
        failures=queries.failures(key),
        events=queries.events(key),
    )


@bp.post(f"/admin/jobs/{staff_pages.KEY}/runs")
def run_again(key: int) -> Response:
    """Do it now."""
    actions.run_again(key)
    return http.see(".show", key=key, done="job-runs-again")


@bp.post(f"/admin/jobs/{staff_pages.KEY}/cancellation")
def drop(key: int) -> Response:
    """Never do it."""
    actions.drop(key)
    return http.see(".show", key=key, done="job-dropped")
