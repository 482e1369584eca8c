"""A customer's own reviews: write, look at, change and delete them."""

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import lazy_gettext

from storefront.catalog import queries as catalog
from storefront.catalog.models import Product
from storefront.platform import account_pages, http, limits, refusals
from storefront.platform.errors import NotFound, Refusal
from storefront.platform.limits import limiter
from storefront.platform.pages import render
from storefront.platform.paging import MAX_BIGINT
from storefront.platform.people import NotSignedIn, demand_person, person, private
from storefront.reviews import buying, queries, words
from storefront.reviews.actions import change_review, delete_review, write_review
from storefront.reviews.forms import ReviewForm, public_name
from storefront.reviews.refusals import AlreadyReviewed, SignedOut, TooFast

bp = Blueprint("own_reviews", __name__)
private(bp)
account_pages.entry("own_reviews.index", lazy_gettext("Reviews"), 15)
for name, sentence in words.DONE.items():
    account_pages.confirmation(name, sentence)
bp.add_app_template_global(words.state, "review_state")
bp.add_app_template_global(words.standing, "review_standing")
ONE = f"/account/reviews/<int(max={MAX_BIGINT}):review_id>"
writing = limiter.shared_limit(limits.REVIEW, scope="review", on_breach=lambda _limit: _again(TooFast()))


@dataclass(frozen=True, slots=True)
class Subject:
    """What is spoken of, and the review that is changed, if there is one already."""

    title: str
    slug: str
    review_id: int | None = None


@bp.get("/account/reviews")
def index() -> Response:
    """Everything they have written."""
    reader = demand_person()
    after = request.args.get("after", "")
    place = int(after) if after.isascii() and after.isdigit() and int(after) <= MAX_BIGINT else None
    own, following = queries.own(reader.id, place)
    silent = [] if place else buying.unspoken_of(reader.id)
    return render("reviews/own.html", own=own, next=following, after=place, silent=silent)


@bp.get("/products/<slug>/reviews/new")
def new(slug: str) -> Response:
    """An empty form; whoever has reviewed the product already goes on to what they wrote."""
    writer = demand_person()
    product = _sold(slug)
    known = queries.own_of_product(writer.id, product.id)
    if known is not None:
        return http.see(".edit", review_id=known)
    return _page(Subject(product.title, product.slug), ReviewForm(author=public_name(writer.name)))


@bp.post("/products/<slug>/reviews")
@writing
def create(slug: str) -> Response:
    """Say it; nothing that was typed is lost, whatever stands in the way."""
    writer, form = person(), ReviewForm(request.form)
    if writer is None and not form.text.data:
        raise NotSignedIn
    product = _sold(slug)
    subject = Subject(product.title, product.slug)
    if writer is None:
        return _page(subject, form, SignedOut())
    if not form.validate():
        return _page(subject, form, status=422)
    try:
        review = write_review(product.id, writer.id, form.opinion(public_name(writer.name)))
    except AlreadyReviewed as refusal:
        return _page(Subject(product.title, product.slug, refusal.review_id), form, refusal)
    return http.leave_for(".index", done=f"review-{review.state}")


@bp.get(ONE)
def edit(review_id: int) -> Response:
    """What they wrote, to be changed or deleted. Raises NotFound for what is not theirs."""
    own = _own(demand_person().id, review_id)
    return _page(Subject(own.title, own.slug, review_id), ReviewForm.of(own.review), own=own)


@bp.post(ONE)
@writing
def update(review_id: int) -> Response:
    """Say something else instead."""
    writer, form = demand_person(), ReviewForm(request.form)
    own = _own(writer.id, review_id)
    if not form.validate():
        return _page(Subject(own.title, own.slug, review_id), form, status=422, own=own)
    review = change_review(review_id, writer.id, form.opinion(public_name(writer.name)))
    return http.leave_for(".index", done=f"review-{review.state}")


@bp.post(f"{ONE}/deletion")
def delete(review_id: int) -> Response:
    """Take it back."""
    delete_review(review_id, demand_person().id)
    return http.see(".index", done="review-deleted")


def _own(account_id: int, review_id: int) -> queries.Own:
    own = queries.own_with_id(account_id, review_id)
    if own is None:
        raise NotFound
    return own


def _sold(slug: str) -> Product:
    product = catalog.on_sale(slug)
    if product is None:
        raise NotFound
    return product


def _page(
    subject: Subject,
    form: ReviewForm,
    refusal: Refusal | None = None,
    *,
    status: int = 200,
    own: queries.Own | None = None,
) -> Response:
    if refusal:
        refusals.note(refusal)
    return render(
        "reviews/write.html",
        "reviews/_form.html",
        status=refusal.status if refusal else status,
        subject=subject,
        form=form,
        refusal=refusal,
        own=own,
    )


def _again(refusal: Refusal) -> Response:
    """Everything that was sent, behind one button that sends it again; it needs no database."""
    refusals.note(refusal)
    page = "reviews/_again.html" if http.is_partial() else "reviews/again.html"
    html = render_template(page, sentence=refusal.message(), sent=request.form, address=request.path)
    response = make_response(html, refusal.status)
    response.headers["Retry-After"] = str(limits.seconds_to_wait())
    http.vary_by_htmx(response)
    return response
