"""Reviews in schema.org's words: pure functions of what a page shows."""

from collections.abc import Iterable
from typing import Any

from storefront.catalog import structured
from storefront.catalog.ratings import Rating
from storefront.platform.i18n import gettext as _
from storefront.reviews.queries import Said
from storefront.shop.structured import SCHEMA


def reviewed(name: str, address: str, rating: Rating | None, said: Iterable[Said]) -> dict[str, Any]:
    """A product, what customers think of it in the mean, and what some of them say."""
    mean = {"aggregateRating": structured.rating(rating)} if rating else {}
    about = {"@context": SCHEMA, "@type": "Product", "name": name, "url": address}
    return about | mean | {"review": [_review(one) for one in said]}


def _review(said: Said) -> dict[str, Any]:
    return {
        "@type": "Review",
        "name": said.title,
        "reviewBody": said.text,
        "author": {"@type": "Person", "name": said.author or _("A customer")},
        "datePublished": said.published_at.date().isoformat(),
        "reviewRating": {"@type": "Rating", "ratingValue": str(said.rating), "bestRating": "5"},
    }
