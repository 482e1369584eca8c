"""Products, lists and paths in schema.org's words: pure functions of what a page shows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stdnum import ean

from storefront.catalog.pictures import Picture
from storefront.catalog.queries import Offer
from storefront.catalog.ratings import Rating
from storefront.platform.money import Money
from storefront.shop.structured import SCHEMA

Fact = dict[str, Any]
PROPERTIES = {
    "colour": "color",
    "color": "color",
    "size": "size",
    "material": "material",
    "pattern": "pattern",
}
"""Options that schema.org has a word for; others are told by the merchant's own."""


@dataclass(frozen=True, slots=True)
class Described:
    """A product as its page tells of it."""

    id: str
    title: str
    description: str
    brand: str
    address: str
    option_names: Sequence[str]
    pictures: Sequence[Picture]
    rating: Rating | None = None


def website(name: str, home: str, search: str) -> Fact:
    """The shop as a site that can be searched."""
    target = {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{words}}"}
    action = {"@type": "SearchAction", "target": target, "query-input": "required name=words"}
    return _fact("WebSite", name=name, url=home, potentialAction=action)


def trail(steps: Iterable[tuple[str, str]]) -> Fact:
    """The path to a page: names and whole addresses, the page itself last."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(steps, 1)
    ]
    return _fact("BreadcrumbList", itemListElement=items)


def goods(addresses: Iterable[str]) -> Fact:
    """A list of products by the whole addresses of their pages."""
    items = [
        {"@type": "ListItem", "position": place, "url": address} for place, address in enumerate(addresses, 1)
    ]
    return _fact("ItemList", itemListElement=items)


def product(
    described: Described,
    offers: Sequence[Offer],
    currency: str,
    at: Callable[[str], str],
    see: Callable[[Picture], str],
) -> list[Fact]:
    """One thing, or a group and each choice of it. `at` and `see` give addresses by SKU and picture."""
    first: dict[int | None, str] = {offer.id: offer.values[0] for offer in offers if offer.values}
    sold = [
        _variant(described, offer, currency, at(offer.sku))
        | _known(image=[see(picture) for picture in _pictures(described.pictures, offer, first)])
        for offer in offers
    ]
    rated = _known(aggregateRating=described.rating and rating(described.rating))
    if not described.option_names:
        return [one | rated for one in sold]
    group = _fact(
        "ProductGroup",
        **_common(described),
        url=described.address,
        productGroupID=described.id,
        variesBy=[_vary(name) for name in described.option_names],
    )
    whole = {"@id": f"{described.address}#choices"}
    return [group | rated | whole, *(one | {"isVariantOf": whole} for one in sold)]


def rating(found: Rating) -> Fact:
    """What customers think of something, in the mean."""
    mean = {"ratingValue": str(found.average), "bestRating": "5", "worstRating": "1"}
    return {"@type": "AggregateRating", **mean, "reviewCount": str(found.count)}


def _variant(described: Described, offer: Offer, currency: str, address: str) -> Fact:
    name = " – ".join(filter(None, [described.title, " / ".join(offer.values)]))
    price = {
        "@type": "Offer",
        "url": address,
        "price": str(Money(offer.price, currency).decimal),
        "priceCurrency": currency,
        "availability": f"{SCHEMA}/{'InStock' if offer.available else 'OutOfStock'}",
    }
    told = _fact("Product", **_common(described)) | {"name": name, "sku": offer.sku, "offers": price}
    return told | _known(gtin=gtin(offer.barcode)) | _options(described.option_names, offer.values)


def _common(described: Described) -> Fact:
    brand = {"@type": "Brand", "name": described.brand} if described.brand else None
    return _known(name=described.title, description=described.description, brand=brand)


def _options(names: Sequence[str], values: Sequence[str]) -> Fact:
    """Each option by schema.org's word, or else as a property with a name of its own."""
    chosen = dict(zip(names, values, strict=False))
    own = [
        {"@type": "PropertyValue", "name": name, "value": value}
        for name, value in chosen.items()
        if name.lower() not in PROPERTIES
    ]
    known = {PROPERTIES[name.lower()]: value for name, value in chosen.items() if name.lower() in PROPERTIES}
    return known | _known(additionalProperty=own)


def _vary(name: str) -> str:
    known = PROPERTIES.get(name.lower())
    return f"{SCHEMA}/{known}" if known else name


def _pictures(
    pictures: Sequence[Picture], offer: Offer, first: Mapping[int | None, str]
) -> Sequence[Picture]:
    """Those that show this choice, else one alike in its first option, such as a colour; else all."""
    own = [picture for picture in pictures if picture.variant_id == offer.id]
    alike = [picture for picture in pictures if first.get(picture.variant_id, "") in offer.values[:1]]
    return own or alike or pictures


def gtin(barcode: str) -> str:
    """The barcode where it is a number of the world's, and not one that a shop gave itself."""
    if not ean.is_valid(barcode):
        return ""
    number = str(ean.compact(barcode))
    inside = number.zfill(14)[1:3]
    return "" if inside.startswith("2") or inside in ("02", "04") else number


def _known(**told: Any) -> Fact:
    return {name: value for name, value in told.items() if value}


def _fact(kind: str, **told: Any) -> Fact:
    return {"@context": SCHEMA, "@type": kind, **told}
