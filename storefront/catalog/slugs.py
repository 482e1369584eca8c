"""Every slug that leads somewhere, or did: as numbers, a hundred thousand in less than a megabyte."""

from array import array
from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select, union_all

from storefront.catalog.models import Category, FormerSlug, Product
from storefront.platform import db
from storefront.platform.caching.remembered import Remembered

SELDOM = 10.0  # seconds between two looks at all of them


def _numbers(question: Select[Any], kind: str) -> "array[int]":
    former = select(FormerSlug.slug).where(FormerSlug.kind == kind)
    return array("q", sorted(map(hash, db.session.scalars(union_all(question, former)))))


_products = Remembered("catalog", lambda: _numbers(select(Product.slug), "product"))
_shelves = Remembered("shelves", lambda: _numbers(select(Category.slug), "category"))


def may_be_product(values: Mapping[str, Any]) -> bool:
    """False when there surely is, and was, no product of this slug."""
    return _holds(_products, values["slug"])


def may_be_shelf(values: Mapping[str, Any]) -> bool:
    """False when there surely is, and was, no shelf of this slug."""
    return _holds(_shelves, values["slug"])


def _holds(remembered: "Remembered[array[int]]", slug: str) -> bool:
    numbers = remembered.get_seldom(SELDOM)
    if numbers is None:
        return True
    place = bisect_left(numbers, hash(slug))
    return place < len(numbers) and numbers[place] == hash(slug)
