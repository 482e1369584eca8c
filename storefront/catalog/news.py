"""What came into the shop lately."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from storefront.catalog.models import Product
from storefront.catalog.shown import SHOWN
from storefront.platform import db

LATEST = 20


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A product as a feed tells of it, the description in Markdown."""

    id: int
    slug: str
    title: str
    description: str
    published: datetime
    updated: datetime


def newcomers() -> list[Newcomer]:
    """The products that were published last, the newest first."""
    columns = (Product.id, Product.slug, Product.title, Product.description)
    rows: Iterable[Any] = db.session.execute(
        select(*columns, Product.published_at, Product.updated_at)
        .where(SHOWN)
        .order_by(Product.published_at.desc(), Product.id.desc())
        .limit(LATEST)
    )
    return [Newcomer(*row) for row in rows]
