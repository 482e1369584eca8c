"""Open a catalog file: its encoding, its delimiter, its format, and then row by row."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from storefront.catalog.importing.columns import Columns, understand
from storefront.catalog.importing.encoding import encoding_of

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
FORMATS = ("shopify", "woocommerce")
MAX_CELL = 1_000_000
MAX_HEADER = 200_000
ESCAPED = ("'=", "'+", "'-", "'@")


class UnreadableCatalog(Exception):
    """The file as a whole cannot be imported; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was understood; its rows can be read any number of times."""

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    skipped: int
    columns: Columns

    @property
    def decimal_comma(self) -> bool:
        return self.delimiter == ";"

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with its number in a spreadsheet; a row that cannot be taken apart is empty."""
        with _text(self.path, self.encoding) as file:
            reader = csv.reader(file, delimiter=self.delimiter)
            number = 0
            while True:
                number += 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    cells = ["\0"]
                if number > self.skipped + 1 and any(cells):
                    yield number, [_unescaped(cell) for cell in cells]


def open_catalog(path: Path, file_format: str = "auto") -> Opened:
    """Recognise a file. Raises UnreadableCatalog."""
    csv.field_size_limit(MAX_CELL)
    try:
        return _recognise(path, FORMATS if file_format == "auto" else (file_format,))
    except OSError as error:
        raise UnreadableCatalog(f"{path} cannot be read: {error.strerror}.") from None


def _recognise(path: Path, formats: tuple[str, ...]) -> Opened:
    with path.open("rb") as file:
        if file.read(4) in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
            raise UnreadableCatalog(f"{path} is a spreadsheet: save it as CSV and import that.")
        file.seek(0)
        encoding = encoding_of(file)
    with _text(path, encoding) as file:
        start = file.read(MAX_HEADER)
    if not start.strip():
        raise UnreadableCatalog(f"{path} is empty.")
    found = [
        Opened(path, encoding, delimiter, header, skipped, understand(header, name))
        for delimiter in DELIMITERS
        for header, skipped in [_header(start, delimiter)]
        for name in formats
    ]
    best = max(found, key=lambda one: (one.columns.recognised, one.columns.known))
    if not best.columns.recognised:
        kinds = " nor ".join({"shopify": "Shopify's", "woocommerce": "WooCommerce's"}[f] for f in formats)
        seen = ", ".join(name[:40] for name in best.header[:8])
        raise UnreadableCatalog(f"{path} has neither {kinds} columns in its first row. It has: {seen}.")
    return best


def _header(start: str, delimiter: str) -> tuple[tuple[str, ...], int]:
    reader = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)
    for skipped, cells in enumerate(_safely(reader)):
        # Excel writes "sep=;" above the header to tell itself the delimiter.
        if any(cells) and not cells[0].startswith("sep="):
            return tuple(cells), skipped
    return (), 0


def _safely(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error:
        return


def _text(path: Path, encoding: str) -> TextIO:
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    return path.open(encoding=encoding, errors=errors, newline="")


def _unescaped(cell: str) -> str:
    """Spreadsheets' guard against formulas, a quote in front, is not part of the value."""
    cell = cell.strip()
    return cell[1:] if cell.startswith(ESCAPED) else cell
