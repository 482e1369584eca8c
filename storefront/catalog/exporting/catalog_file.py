"""The whole catalog as CSV, some products at a time: it may be larger than the memory."""

import csv
import io
from collections.abc import Iterator

from sqlalchemy import select

from storefront.catalog.exporting.records import HEADER, rows_of
from storefront.catalog.importing import known, memory
from storefront.catalog.importing.formulas import guarded
from storefront.catalog.models import Product
from storefront.platform import db
from storefront.shop.queries import facts

AT_ONCE = 100  # products; a description may be as long as 50,000 letters
MARK = "\ufeff"  # Without it Excel takes UTF-8 for something else.


def written() -> Iterator[str]:
    """The file in pieces, each with some whole products."""
    currency, shelves = facts().currency, memory.fresh().paths
    yield MARK + _lines([list(HEADER)])
    last = 0
    while ids := _after(last):
        products = known.read(ids, currency)
        db.release()
        rows = (row for key in ids if key in products for row in rows_of(products[key], shelves, currency))
        yield _lines(rows)
        last = ids[-1]


def _after(last: int) -> list[int]:
    return list(
        db.session.scalars(select(Product.id).where(Product.id > last).order_by(Product.id).limit(AT_ONCE))
    )


def _lines(rows: Iterator[list[str]] | list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue()
