"""Staff read reviews before others do: the queue, and what became of the rest."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from storefront.platform import http, refusals, staff_pages
from storefront.platform.errors import NotFound
from storefront.platform.pages import render
from storefront.platform.paging import MAX_BIGINT
from storefront.platform.people import staff_only
from storefront.reviews import queue
from storefront.reviews.forms import RejectionForm
from storefront.reviews.models import STATES
from storefront.reviews.moderation import publish_review, reject_review
from storefront.reviews.refusals import ChangedMeanwhile

bp = Blueprint("reviews_admin", __name__, url_prefix="/admin/reviews")
staff_only(bp, "catalogue")
staff_pages.entry("reviews_admin.index", lazy_gettext("Reviews"), "catalogue", "catalogue", place=60)
staff_pages.confirmation("review-published", lambda _count: _("The review is published."))
staff_pages.confirmation("review-rejected", lambda _count: _("The review is not shown."))
ONE = f"/<int(max={MAX_BIGINT}):review_id>"


@bp.get("")
def index() -> Response:
    """Those that wait, the oldest first; or those that were published or rejected, the latest first."""
    state = request.args.get("state", "")
    state = state if state in STATES else STATES[0]
    found, following = queue.queue(state, queue.cursor(request.args.get("after", ""), state))
    tally = queue.tally()
    return render("reviews/admin/index.html", state=state, found=found, next=following, tally=tally)


@bp.get(ONE)
def show(review_id: int) -> Response:
    """One review, whatever its state."""
    return _page(review_id, RejectionForm())


@bp.post(f"{ONE}/publication")
def publish(review_id: int) -> Response:
    """Let everybody read it."""
    try:
        publish_review(review_id, _version())
    except ChangedMeanwhile as refusal:
        return _page(review_id, RejectionForm(), refusal)
    return http.see(".index", done="review-published")


@bp.post(f"{ONE}/rejection")
def reject(review_id: int) -> Response:
    """Show it to nobody but its author, and say why."""
    form = RejectionForm(request.form)
    if not form.validate():
        return _page(review_id, form, status=422)
    try:
        reject_review(review_id, _version(), form.reason.data or "")
    except ChangedMeanwhile as refusal:
        return _page(review_id, form, refusal)
    return http.see(".index", done="review-rejected")


def _version() -> int:
    """Which version of the review was read; one that nobody wrote is none that could be judged."""
    said = request.form.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def _page(
    review_id: int, form: RejectionForm, refusal: ChangedMeanwhile | None = None, status: int = 200
) -> Response:
    found = queue.with_id(review_id)
    if found is None:
        raise NotFound
    if refusal:
        refusals.note(refusal)
    return render(
        "reviews/admin/show.html",
        status=refusal.status if refusal else status,
        read=found,
        form=form,
        refusal=refusal,
        back=url_for(".index", state=found.review.state),
    )
