"""Why a change of the catalog cannot be made."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from storefront.catalog.wanted import ProductFacts
from storefront.platform.errors import Refusal


@dataclass
class Stale(Refusal):
    """Somebody saved the product meanwhile: what it is now, and what was seen, if that was said."""

    theirs: ProductFacts
    base: ProductFacts | None
    version: int
    code = "stale"

    def message(self) -> str:
        return _("Somebody else has changed this meanwhile. Nothing of yours was saved yet.")


@dataclass
class Taken(Refusal):
    """Something that only one can have is somebody else's already; `field` says what."""

    field: str
    value: str = ""
    code = "taken"

    def message(self) -> str:
        words = {
            "slug": _("This address leads to something else already."),
            "sku": _("This SKU belongs to something else already."),
            "values": _("There is such a choice of this product already."),
            "title": _("There is a shelf of this name in the same place already."),
        }
        return words[self.field]


@dataclass
class BadWish(Refusal):
    """A field holds what cannot be; `field` says which."""

    field: str
    reason: str
    status = 422
    code = "invalid"

    def message(self) -> str:
        return self.reason


@dataclass
class NotDeletable(Refusal):
    """It was sold, or the ledger tells of it: it can be archived."""

    sold: bool
    code = "not-deletable"

    def message(self) -> str:
        if self.sold:
            return _("This was sold, so it stays for the orders that tell of it. You can archive it.")
        return _("The stock ledger tells of this, so it stays. You can archive it.")


@dataclass
class ShelfGone(Refusal):
    """A shelf that was chosen is not there any more."""

    status = 422
    code = "no-such-shelf"

    def message(self) -> str:
        return _("A shelf you chose is gone. Please choose again.")


@dataclass
class ShelfInUse(Refusal):
    """A shelf on which something stands is not taken away."""

    products: int
    shelves: int
    code = "shelf-in-use"

    def message(self) -> str:
        return _("Something stands on this shelf. Say where that goes, or empty the shelf first.")


_COLLISIONS: dict[str, Any] = {
    "uq_products_slug": lambda: Taken("slug"),
    "uq_categories_slug": lambda: Taken("slug"),
    "uq_categories_parent_id_title": lambda: Taken("title"),
    "uq_variants_sku": lambda: Taken("sku"),
    "uq_variants_product_id_option_values": lambda: Taken("values"),
    "fk_products_category_id": ShelfGone,
    "fk_shelf_places_category_id": ShelfGone,
}


@contextmanager
def collisions() -> Iterator[None]:
    """Say politely what the database refuses because somebody else was a moment earlier."""
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
        if (refusal := _COLLISIONS.get(name or "")) is None:
            raise
        raise refusal() from None
