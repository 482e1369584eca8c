"""Fill an empty shop once: Kiln & Common, quiet warm things for house and garden."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import exists, func, select

from storefront.catalog import filing
from storefront.catalog.importing.planning import Asked
from storefront.catalog.importing.reading import open_catalog
from storefront.catalog.importing.run import lines_of, rules_of
from storefront.catalog.importing.spool import Spool
from storefront.catalog.models import Product, Variant
from storefront.config import settings
from storefront.demo import mark
from storefront.demo.window import dress_window, name_shop
from storefront.platform import clock, db, storage, uploads
from storefront.shop.queries import facts

HERE = Path(__file__).parent
CATALOG, PICTURES = HERE / "catalog.csv", HERE / "pictures"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came into the shop."""

    choices: int
    pictures: int


def load() -> Loaded | None:
    """Import the first catalog with its pictures if the shop is empty; None if it is not.

    A load that was killed half-way is finished by the next: its mark says that it was begun.
    """
    var = settings().storefront_var
    if not mark.is_begun(var) and _anything_there():
        mark.settle(var)
        return None
    mark.begin(var)
    name_shop()
    _import()
    stored, _unfiled = filing.file_pictures(PICTURES, storage.media(), uploads.keep_as_it_is)
    dress_window()
    mark.settle(var)
    return Loaded(_choices(), stored)


def _anything_there() -> bool:
    return bool(db.session.scalar(select(exists(select(Product.id)))))


def _choices() -> int:
    return db.session.scalar(select(func.count()).select_from(Variant)) or 0


def _import() -> None:
    """Through the importer that merchants use, so that every first start tries it."""
    opened = open_catalog(CATALOG, "shopify")
    with closing(Spool(opened)) as spool:
        shop = facts()
        rules = rules_of(shop, settings(), clock.now(), opened)
        for _line in lines_of(spool, rules, Asked(shop.currency)):
            pass
