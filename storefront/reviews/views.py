"""What customers say of a product: a public page, and the region that the product's own page fetches."""

from flask import Blueprint, Response, request, url_for

from storefront.catalog import queries as catalog
from storefront.catalog import slugs
from storefront.catalog.ratings import Rating
from storefront.platform import http, pages
from storefront.platform.errors import NotFound
from storefront.platform.pages import cached_page, render
from storefront.reviews import forms, previews, queries
from storefront.reviews.sorting import SORTS
from storefront.shop.queries import facts

bp = Blueprint("reviews", __name__)


@bp.get("/products/<slug>/reviews")
@cached_page("product", allow=pages.only("sort", "stars", "after"), known=slugs.may_be_product)
def of_product(slug: str) -> Response:
    """All that is published, a part at a time. Raises NotFound."""
    product = catalog.on_sale(slug)
    if product is None:
        return _moved(catalog.moved_product(slug))
    asked = forms.read(request.args)
    page = queries.of_product(product.id, asked.sort, asked.stars, asked.after)
    pages.about(f"product:{product.id}")
    if asked.notes or (asked.after and not queries.has_row(product.id, asked.sort, asked.after)):
        pages.passing()
    rating = Rating.of(product.rating_average, product.rating_count)
    start = {"slug": slug, **asked.parameters()}
    return render(
        "reviews/of_product.html",
        "reviews/_said.html",
        preview=previews.of_product(facts(), product, rating, asked, page),
        product=product,
        rating=rating,
        tally=queries.tally(product.id),
        asked=asked,
        sorts=tuple(SORTS.values()),
        said=page.items,
        start=url_for(".of_product", **start) if asked.after else None,
        next=url_for(".of_product", **start, after=str(page.next)) if page.next else None,
    )


def _moved(slug: str | None) -> Response:
    if slug is None:
        raise NotFound
    return http.moved("reviews.of_product", slug=slug)
