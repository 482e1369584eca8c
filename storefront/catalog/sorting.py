"""The orders a list of products can stand in; each is unique by the product's id."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from storefront.catalog.models import Product
from storefront.platform.paging import Cursor, Key


@dataclass(frozen=True, slots=True)
class Sort:
    """One order: its name in addresses, its words, and the column it goes by."""

    name: str
    label: LazyString
    kind: type[Key]
    column: InstrumentedAttribute[Any] | None
    """None for the order by relevance, whose measure belongs to a search."""
    descending: bool = False

    def order(self, measure: ColumnElement[Any], id_: ColumnElement[int]) -> tuple[ColumnElement[Any], ...]:
        """The clause that sorts by the measure, and by id where it is equal."""
        return (measure.desc(), id_.desc()) if self.descending else (measure.asc(), id_.asc())

    def beyond(
        self, measure: ColumnElement[Any], id_: ColumnElement[int], cursor: Cursor
    ) -> ColumnElement[bool]:
        """Whether a row comes after the cursor's row."""
        row, last = tuple_(measure, id_), tuple_(literal(cursor.value), literal(cursor.id))
        return row < last if self.descending else row > last


SORTS = {
    sort.name: sort
    for sort in (
        Sort("featured", lazy_gettext("Featured"), int, Product.featured, descending=True),
        Sort("newest", lazy_gettext("Newest"), datetime, Product.published_at, descending=True),
        Sort("price", lazy_gettext("Price, lowest first"), int, Product.price_from),
        Sort("-price", lazy_gettext("Price, highest first"), int, Product.price_from, descending=True),
        Sort("name", lazy_gettext("Name"), str, Product.title),
    )
}
RELEVANCE = Sort("relevance", lazy_gettext("Best match"), int, None, descending=True)
