"""What is told of the catalog's pages to whoever sees them from outside."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from storefront.catalog import structured
from storefront.catalog.forms import Reading
from storefront.catalog.listing import Good
from storefront.catalog.models import Product
from storefront.catalog.pictures import Picture
from storefront.catalog.queries import Offer
from storefront.catalog.ratings import Rating
from storefront.catalog.shelves import Place, Shelf
from storefront.platform import links, prose
from storefront.platform.i18n import gettext as _
from storefront.platform.previews import Preview, Sight
from storefront.shop.models import Shop
from storefront.shop.previews import logo
from storefront.shop.structured import merchant

MOST_LETTERS = 160  # of a description; search engines show no more
MOST_NAMES = 4  # of what stands in a list
PASSING = {"q", "price", "in_stock", "rating"}
"""Parameters whose lists are endless or of the moment: nobody should be sent to them."""


def of_home(shop: Shop, shelves: Sequence[Shelf], goods: Sequence[Good]) -> Preview:
    """The shop as a whole, and who runs it."""
    home = links.whole("catalog.home")
    site = structured.website(shop.name, home, links.whole("catalog.search"))
    return Preview(
        shop.name,
        _naming(shop.name, [shelf.title for shelf in shelves] or [good.title for good in goods]),
        home,
        _sight(shop, [good.picture for good in goods]),
        facts=(site, merchant(shop, home, logo(shop).address)),
    )


def of_list(
    shop: Shop, reading: Reading, place: Place | None, goods: Sequence[Good], here: Mapping[str, str]
) -> Preview:
    """A list in its own order; one that is narrowed in several ways is not for search engines."""
    asked = reading.parameters()
    filters = {name: value for name, value in asked.items() if name != "sort"}
    after = str(reading.wish.after) if reading.wish.after and filters == asked else None
    title = _title(place, here)
    said = prose.plain(place.shelf.description, MOST_LETTERS) if place and place.shelf.description else ""
    at = links.each("catalog.product", "slug")
    return Preview(
        title,
        said
        or _naming(_("%(title)s at %(shop)s", title=title, shop=shop.name), [good.title for good in goods]),
        links.whole(**here, **filters, after=after),
        _sight(shop, [good.picture for good in goods]),
        listed=here["endpoint"] != "catalog.search" and _is_listed(filters),
        facts=(
            structured.trail([*_steps(place.above if place else ()), (title, links.whole(**here))]),
            structured.goods(at(good.slug) for good in goods),
        ),
    )


def of_product(
    shop: Shop, found: Product, place: Place | None, offers: Sequence[Offer], pictures: Sequence[Picture]
) -> Preview:
    """A product with all its choices; each choice's own address means the same page."""
    address = links.whole("catalog.product", slug=found.slug)
    said = found.seo_description or prose.plain(found.description, MOST_LETTERS)
    described = structured.Described(
        found.slug,
        found.title,
        said,
        found.brand,
        address,
        found.option_names,
        pictures,
        Rating.of(found.rating_average, found.rating_count),
    )
    see = links.each("catalog.media", "name")
    sold = structured.product(
        described,
        offers,
        shop.currency,
        lambda sku: f"{address}?{urlencode({'variant': sku})}",
        lambda picture: see(picture.file),
    )
    shelves = (*place.above, place.shelf) if place else ()
    return Preview(
        found.seo_title or found.title,
        said or _("%(title)s at %(shop)s", title=found.title, shop=shop.name),
        address,
        _sight(shop, pictures),
        kind="product",
        facts=(*sold, structured.trail([*_steps(shelves), (found.title, address)])),
    )


def _title(place: Place | None, here: Mapping[str, str]) -> str:
    if place:
        return place.shelf.title
    return _("Search") if here["endpoint"] == "catalog.search" else _("Everything")


def _is_listed(filters: Mapping[str, str | list[str]]) -> bool:
    """Whether at most one value of one facet is asked for."""
    values = sum(1 if isinstance(value, str) else len(value) for value in filters.values())
    return values <= 1 and not PASSING & filters.keys()


def _naming(what: str, names: Sequence[str]) -> str:
    """A sentence for a page that has none of its own: what it is, and the first things on it."""
    return f"{what}: {', '.join(names[:MOST_NAMES])}" if names else what


def _steps(shelves: Iterable[Shelf]) -> list[tuple[str, str]]:
    at = links.each("catalog.category", "slug")
    return [(_("Shop"), links.whole("catalog.home")), *((shelf.title, at(shelf.slug)) for shelf in shelves)]


def _sight(shop: Shop, pictures: Iterable[Picture | None]) -> Sight:
    """The first picture there is, else the shop's sign."""
    shown = next((picture for picture in pictures if picture), None)
    if shown is None:
        return logo(shop)
    file, width, height = shown.sent()
    return Sight(links.whole("catalog.media", name=file), width, height, shown.alt or shop.name)
