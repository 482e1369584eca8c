"""Reviews for programs: read by everybody, written by customers, let through by staff."""

from flask_babel import gettext as _

from storefront.platform import limits, pages
from storefront.platform.errors import NotFound
from storefront.platform.json_api import callers, conditions
from storefront.platform.json_api.answers import Made, made
from storefront.platform.json_api.operations import blueprint, operation
from storefront.platform.json_api.refusals import ChangedSince, Contradiction, Missing
from storefront.platform.json_api.slices import Slice, by_id, sliced
from storefront.platform.paging import Cursor
from storefront.reviews import actions, moderation, queries, told
from storefront.reviews.actions import Opinion
from storefront.reviews.refusals import AlreadyReviewed, ChangedMeanwhile
from storefront.reviews.schemas import (
    Judgement,
    PublishedQuery,
    ReviewChange,
    ReviewNew,
    ReviewQuery,
    ReviewSeen,
    ReviewTold,
)

bp = blueprint("reviews_api", __name__)
TAG = "Reviews"
READ, WRITE = "reviews:read", "reviews:write"
LEADS = {"review_id": "$response.body#/id"}


@bp.get("/products/<key:product_id>/reviews")
@operation(
    "What is said of a product",
    TAG,
    kept="product",
    tags=("ratings", "shop"),
    query=PublishedQuery,
    out=Slice[ReviewSeen],
)
def list_published_reviews(product_id: int, query: PublishedQuery) -> Slice[ReviewSeen]:
    """What is published, the latest first."""
    if not told.is_shown(product_id):
        raise NotFound
    pages.about(f"product:{product_id}")
    cursor = query.cursor(told.NEWEST)
    found = told.published(product_id, cursor, query.most + 1, query.rating)
    return sliced(query, found, lambda one: one, lambda one: Cursor(told.NEWEST, one.id, one.id))


@bp.post("/products/<key:product_id>/reviews")
@operation(
    "Write a review",
    TAG,
    scope=WRITE,
    customers=True,
    limit=limits.REVIEW,
    body=ReviewNew,
    out=ReviewTold,
    status=201,
    makes=True,
    refuses=(Contradiction, Missing, AlreadyReviewed),
    links=dict.fromkeys(("show_review", "change_review", "judge_review", "delete_review"), LEADS),
)
def write_review(product_id: int, body: ReviewNew) -> Made:
    """By a customer to whom it was delivered; whether staff read it first is the shop's choice."""
    account_id = _author(body.customer_id)
    if not told.is_shown(product_id):
        raise NotFound
    if not queries.is_verified(account_id, product_id):
        sentence = _("Only whoever bought it and got it can review it.")
        raise Contradiction.at("#/customer_id", "not-delivered", sentence)
    opinion = Opinion(body.rating, body.title, body.text, body.author)
    review = actions.write_review(product_id, account_id, opinion)
    return made("reviews_api.show_review", review_id=review.id)


@bp.get("/reviews")
@operation("Reviews", TAG, scope=READ, customers=True, query=ReviewQuery, out=Slice[ReviewTold])
def list_reviews(query: ReviewQuery) -> Slice[ReviewTold]:
    """Published or not, by ascending id; a customer's own program sees that customer's."""
    wanted = {"state": query.state, "product_id": query.product_id}
    found = told.reviews(callers.caller().account_id, query.after_id, query.most + 1, **wanted)
    return sliced(query, found, lambda one: one, by_id)


@bp.get("/reviews/<key:review_id>")
@operation("One review", TAG, scope=READ, customers=True, out=ReviewTold)
def show_review(review_id: int) -> ReviewTold:
    """As its author and staff see it."""
    return _existing(review_id)


@bp.patch("/reviews/<key:review_id>")
@operation(
    "Write it anew",
    TAG,
    scope=WRITE,
    customers=True,
    limit=limits.REVIEW,
    body=ReviewChange,
    out=ReviewTold,
    conditional=True,
    refuses=(Contradiction,),
)
def change_review(review_id: int, body: ReviewChange) -> ReviewTold:
    """In its author's name."""
    before = _existing(review_id)
    conditions.demand(before.version)
    if before.customer_id is None:
        sentence = _("Its author wished to be forgotten.")
        raise Contradiction.at("#", "nobody-s", sentence)
    names = ("rating", "title", "text", "author")
    said = {name: getattr(body, name) for name in names}
    now = {name: getattr(before, name) if value is None else value for name, value in said.items()}
    actions.change_review(review_id, before.customer_id, Opinion(**now))
    return _existing(review_id)


@bp.post("/reviews/<key:review_id>/judgements")
@operation(
    "Let it through, or not",
    TAG,
    scope=WRITE,
    body=Judgement,
    out=ReviewTold,
    status=201,
    makes=True,
    refuses=(ChangedSince, Contradiction),
)
def judge_review(review_id: int, body: Judgement) -> Made:
    """By staff: everybody sees it, or its author alone, who reads why."""
    before = _existing(review_id)
    version = conditions.allow(before.version) or before.version
    try:
        if body.state == "published":
            moderation.publish_review(review_id, version)
        elif not body.reason.strip():
            raise Contradiction.at("#/reason", "reason-needed", _("Please say why."))
        elif before.state != "rejected":
            moderation.reject_review(review_id, version, body.reason)
    except ChangedMeanwhile:
        raise ChangedSince('"0"') from None
    return made("reviews_api.show_review", review_id=review_id)


@bp.delete("/reviews/<key:review_id>")
@operation(
    "Take it back", TAG, scope=WRITE, customers=True, status=204, refuses=(ChangedSince, Contradiction)
)
def delete_review(review_id: int) -> None:
    """In its author's name."""
    before = _existing(review_id)
    conditions.allow(before.version)
    if before.customer_id is None:
        raise Contradiction.at("#", "nobody-s", _("Its author wished to be forgotten."))
    actions.delete_review(review_id, before.customer_id)


def _author(said: int | None) -> int:
    """Whose review it will be. Raises NotFound or Missing."""
    own = callers.caller().account_id
    if own is not None:
        if said not in (None, own):
            raise NotFound
        return own
    if said is None:
        raise Contradiction.at("#/customer_id", "customer-needed", _("Please say whose review it is."))
    return said


def _existing(review_id: int) -> ReviewTold:
    found = told.review(review_id, callers.caller().account_id)
    if found is None:
        raise NotFound
    return found
