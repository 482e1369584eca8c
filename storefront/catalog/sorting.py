"""The orders a list of products can stand in; each is unique by the product's id."""

from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from storefront.platform.paging import Key


@dataclass(frozen=True, slots=True)
class Sort:
    """One order: its name in addresses, its words, and the column of search_entries it goes by."""

    name: str
    label: LazyString = field(compare=False)
    kind: type[Key]
    column: str
    """Empty for the order by relevance, whose measure belongs to a search."""
    descending: bool = False

    @property
    def option(self) -> tuple[str, LazyString]:
        """As one chooses it."""
        return self.name, self.label

    def order(self, measure: str, id_: str) -> str:
        """What SQL sorts by: the measure, and the id where it is equal."""
        way = " DESC" if self.descending else ""
        return f"{measure}{way}, {id_}{way}"

    def beyond(self, measure: str, id_: str) -> str:
        """SQL for whether a row comes after the one of the cursor, :after_value and :after_id."""
        return f"({measure}, {id_}) {'<' if self.descending else '>'} (:after_value, :after_id)"


SORTS = {
    sort.name: sort
    for sort in (
        Sort("featured", lazy_gettext("Featured"), int, "featured", descending=True),
        Sort("newest", lazy_gettext("Newest"), datetime, "published_at", descending=True),
        Sort("price", lazy_gettext("Price, lowest first"), int, "price"),
        Sort("-price", lazy_gettext("Price, highest first"), int, "price", descending=True),
        Sort("rating", lazy_gettext("Best rated"), int, "rating", descending=True),
        Sort("name", lazy_gettext("Name"), str, "title"),
    )
}
RELEVANCE = Sort("relevance", lazy_gettext("Best match"), int, "", descending=True)
