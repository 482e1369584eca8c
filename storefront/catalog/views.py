"""The shop's shelves: home, lists, products, search and pictures."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, request, send_from_directory, url_for

from storefront.catalog import (
    address_forms,
    choosing,
    finding,
    forms,
    listing,
    previews,
    queries,
    ratings,
    related,
    shelves,
    slugs,
    telling,
)
from storefront.catalog.models import Product
from storefront.catalog.narrowing import narrowing
from storefront.catalog.queries import Offer
from storefront.catalog.searching import suggesting
from storefront.catalog.shelves import Place
from storefront.catalog.wishes import Wish
from storefront.config import settings
from storefront.platform import http, limits, links, pages, prose, storage
from storefront.platform.errors import NotFound
from storefront.platform.pages import cached_page, render
from storefront.shop.queries import facts

bp = Blueprint("catalog", __name__)
bp.add_app_template_filter(prose.html, "prose")
bp.add_app_template_filter(prose.plain, "plain")
bp.add_app_template_global(storage.address_of, "media_address")
bp.add_app_template_global(links.here, "addresses")
HOME_GOODS = 9  # One large, and two rows of four.
ONE_YEAR = 365 * 86400
IN_LISTS = ("catalog", "obtainable", ratings.TAG)
KINDS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


@pages.everywhere
def _frame() -> dict[str, Any]:
    pages.about("shelves")
    return {"shelves": tuple(shelves.on_top())}


@bp.get("/")
@cached_page("home", tags=("catalog",))
def home() -> Response:
    shop = facts()
    goods = listing.goods(Wish(), shop.currency, HOME_GOODS).items
    preview = previews.of_home(shop, shelves.on_top(), goods)
    telling.of_goods(goods)
    return render("catalog/home.html", preview=preview, goods=goods, few=settings().few_left)


@bp.get("/products")
@cached_page("list", tags=IN_LISTS, allow=address_forms.of_list)
def products() -> Response:
    return _list("catalog/products.html")


@bp.get("/search")
@cached_page("search", tags=IN_LISTS, allow=address_forms.of_list)
@limits.limiter.limit(limits.SEARCH)
def search() -> Response:
    return _list("catalog/search.html")


@bp.get("/search/suggestions")
@cached_page("suggestions", tags=("catalog",), allow=address_forms.of_suggestions)
@limits.limiter.limit(limits.SUGGESTIONS)
def suggestions() -> Response:
    """What might be meant, while somebody types; whoever comes here otherwise sees what was found."""
    words = forms.words(request.args.get("q", ""))
    if not http.is_partial():
        return http.see("catalog.search", q=words or None)
    suggested = suggesting.suggest(words)
    if not suggested:
        pages.passing()
    return render("catalog/_suggestions.html", suggested=suggested)


@bp.get("/categories/<slug>")
@cached_page("list", tags=IN_LISTS, allow=address_forms.of_list, known=slugs.may_be_shelf)
def category(slug: str) -> Response:
    place = shelves.named(slug)
    if place is None:
        return _moved("catalog.category", queries.moved_category(slug))
    return _list("catalog/category.html", place)


@bp.get("/products/<slug>")
@cached_page("product", allow=address_forms.of_product, known=slugs.may_be_product)
def product(slug: str) -> Response:
    found = queries.on_sale(slug)
    if found is None:
        return _moved("catalog.product", queries.moved_product(slug))
    offers = queries.offers(found.id, facts().currency)
    asked = request.args.get("variant")
    current = choosing.shown(offers, asked)
    if current is None:
        raise NotFound
    if values := _choices(len(found.option_names)):
        return http.see("catalog.product", slug=slug, variant=choosing.meant(offers, current, values).sku)
    return _show(found, offers, current, lost=asked not in (None, current.sku))


@bp.get("/media/<name>")
@limits.limiter.exempt
def media(name: str) -> Response:
    """A stored picture; its name changes with its content, so it may be kept for ever."""
    kind = KINDS.get(name.rpartition(".")[2])  # Not every Python knows AVIF.
    response = send_from_directory(storage.media().path, name, max_age=ONE_YEAR, mimetype=kind)
    response.cache_control.immutable = True
    response.cache_control.public = True
    return response


def _list(page: str, place: Place | None = None) -> Response:
    """A list of products; the filter form's own parameters lead to the address that says the same."""
    shop = facts()
    reading = forms.read(request.args, shop.currency)
    here: dict[str, Any] = {"endpoint": request.endpoint} | ({"slug": place.shelf.slug} if place else {})
    if {"from", "to"} & request.args.keys():
        return http.see(**here, **reading.parameters())
    found = finding.find(reading.wish, shop.currency, place.shelf.id if place else None)
    telling.of_list(reading, found, shop.currency)
    reading.know(found.wish, found.unknown)
    start, goods = here | reading.parameters(), found.goods
    return render(
        page,
        "catalog/_found.html",
        preview=previews.of_list(shop, reading, place, goods.items, here),
        goods=goods.items,
        found=found,
        reading=reading,
        narrowing=narrowing(reading, found.sieved, shop.currency, lambda asked: url_for(**here, **asked)),
        place=place,
        here=here,
        start=url_for(**start) if reading.wish.after else None,
        next=url_for(**start, after=str(goods.next)) if goods.next else None,
        few=settings().few_left,
    )


def _show(found: Product, offers: Sequence[Offer], current: Offer, *, lost: bool) -> Response:
    """The page of a product with one of its variants chosen."""
    place = shelves.numbered(found.category_id) if found.category_id else None
    names = found.option_names[: len(current.values)]
    beside = () if http.is_partial() else related.beside(found, facts().currency)
    telling.of_goods(beside)
    telling.of_product(found, lost=lost)
    pictures = queries.pictures(found.id, current)
    return render(
        "catalog/product.html",
        "catalog/_product.html",
        preview=previews.of_product(facts(), found, place, offers, pictures),
        product=found,
        rating=ratings.Rating.of(found.rating_average, found.rating_count),
        place=place,
        pictures=pictures,
        related=beside,
        current=current,
        options=[(name, choosing.choices(offers, current, at)) for at, name in enumerate(names)],
        lost=lost,
        few=settings().few_left,
        most=settings().max_line_quantity,
    )


def _choices(options: int) -> dict[int, str]:
    """The radio buttons of the form "Show this choice", by their option."""
    names = {place: f"choice-{place}" for place in range(options)}
    return {place: request.args[name] for place, name in names.items() if name in request.args}


def _moved(endpoint: str, slug: str | None) -> Response:
    """The way to where something moved. Raises NotFound when nothing is known of it."""
    if slug is None:
        raise NotFound
    return http.moved(endpoint, slug=slug, variant=request.args.get("variant"))
