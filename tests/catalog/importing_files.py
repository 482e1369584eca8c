"""Import small files into the test's shop, and ask what stands on its shelves then."""

from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import select

from storefront.catalog.importing.planning import Asked
from storefront.catalog.importing.reading import open_catalog
from storefront.catalog.importing.records import Rules
from storefront.catalog.importing.report import Line
from storefront.catalog.importing.run import lines_of
from storefront.catalog.importing.spool import Spool
from storefront.catalog.models import Price, Product, Variant
from storefront.inventory.models import Stock
from storefront.platform import db
from tests.catalog.catalog_files import RULES, written
from tests.catalog.test_import_shopify import KETTLE

SMALL = KETTLE | {"Option1 Name": "Size", "Option1 Value": "S", "Variant SKU": "K-S"}
LARGE = {
    "Handle": "kettle",
    "Option1 Value": "L",
    "Variant SKU": "K-L",
    "Variant Price": "59",
    "Variant Inventory Tracker": "shopify",
    "Variant Inventory Qty": "2",
}
"""The two rows of a kettle in two sizes, as Shopify writes them."""

TABLES = [
    "products",
    "variants",
    "prices",
    "images",
    "categories",
    "shelf_places",
    "stock",
    "stock_movements",
    "events",
]


def imported(path: Path, *, stock: bool = False, rehearsal: bool = False, rules: Rules = RULES) -> list[Line]:
    """The report of importing a file."""
    asked = Asked(rules.currency, with_stock=stock, rehearsal=rehearsal, beside=path.parent)
    with closing(Spool(open_catalog(path))) as spool:
        return list(lines_of(spool, rules, asked))


def both(path: Path, *, stock: bool = False) -> list[Line]:
    """The report, which the rehearsal before it has to foretell to the letter."""
    before = everything()
    rehearsed = imported(path, stock=stock, rehearsal=True)
    assert everything() == before
    done = imported(path, stock=stock)
    assert list(map(str, rehearsed)) == list(map(str, done))
    assert rehearsed == done
    return done


def rows(folder: Path, *given: dict[str, str], stock: bool = False) -> list[Line]:
    """The report of importing these rows, rehearsed first."""
    return both(written(folder, list(given)), stock=stock)


def outcomes(lines: list[Line]) -> list[str]:
    return [line.outcome.value for line in lines]


def changes(lines: list[Line]) -> list[str]:
    return [str(change) for line in lines for change in line.changes]


def refusals(lines: list[Line]) -> list[tuple[int, str, str]]:
    return [(line.row, one.column, one.reason) for line in lines for one in line.problems]


def product(slug: str) -> Product:
    found = db.session.scalars(select(Product).where(Product.slug == slug)).one()
    db.release()
    return found


def variants(slug: str) -> dict[tuple[str, ...], tuple[str, int, int | None, int | None]]:
    """SKU, price, former price and units on hand of each choice."""
    found = db.session.execute(
        select(Variant.option_values, Variant.sku, Price.amount, Price.compare_at, Stock.on_hand)
        .join(Product)
        .join(Price)
        .outerjoin(Stock, Stock.variant_id == Variant.id)
        .where(Product.slug == slug)
        .order_by(Variant.position)
    ).all()
    db.release()
    return {tuple(row[0]): (row[1], row[2], row[3], row[4]) for row in found}


def everything() -> dict[str, list[Any]]:
    """Every row of the tables that an import may touch."""
    tables = (db.Model.metadata.tables[name] for name in TABLES)
    found = {
        table.name: [tuple(row) for row in db.session.execute(select(*table.c).order_by(*table.c))]
        for table in tables
    }
    db.release()
    return found
