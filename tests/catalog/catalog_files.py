"""Write small catalog files for a test, and read what the shop makes of them."""

import csv
import io
from contextlib import closing
from datetime import date
from pathlib import Path

from storefront.catalog.importing.products import Parsed, products_of
from storefront.catalog.importing.reading import open_catalog
from storefront.catalog.importing.records import ImportedProduct, Rules
from storefront.catalog.importing.spool import Spool

TODAY = date(2026, 6, 15)
RULES = Rules(currency="EUR", min_price=50, max_price=1_000_000, today=TODAY)
FILES = Path(__file__).parent / "files"
REAL = Path(__file__).parents[3] / "shared" / "catalogs"


def written(folder: Path, rows: list[dict[str, str]], *, delimiter: str = ",") -> Path:
    """A file with these rows; its header is every column any of them names."""
    header = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, header, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    path = folder / "catalog.csv"
    path.write_bytes(text.getvalue().encode())
    return path


def parsed(path: Path, rules: Rules = RULES) -> list[Parsed]:
    """What the shop reads in a file, before it looks into its own shelves."""
    with closing(Spool(open_catalog(path))) as spool:
        return list(products_of(spool, rules))


def only(found: list[Parsed]) -> ImportedProduct:
    """The one product of a file."""
    [one] = found
    assert one.product is not None, problems(found)
    return one.product


def problems(found: list[Parsed]) -> list[tuple[int, str, str]]:
    """Every refusal: row, column, reason."""
    return [
        (row.number, problem.column, problem.reason)
        for one in found
        for row in one.rows
        for problem in row.problems
    ]


def notes(found: list[Parsed]) -> list[tuple[int, str]]:
    """Everything said about rows that were taken: row and sentence."""
    return [(row.number, note) for one in found for row in one.rows for note in row.notes]
