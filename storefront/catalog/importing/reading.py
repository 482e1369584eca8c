"""Open a catalog file: its encoding, its delimiter, its format, and then row by row."""

import codecs
import csv
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from storefront.catalog.importing.columns import Columns, understand
from storefront.catalog.importing.encoding import encoding_of
from storefront.catalog.importing.formulas import unguarded
from storefront.catalog.importing.report import printable

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
FORMATS = {"shopify": "Shopify", "woocommerce": "WooCommerce"}
MAX_CELL = 1_000_000
MAX_HEADER = 200_000


class UnreadableCatalog(Exception):
    """The file as a whole cannot be imported; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands; `number` counts as a spreadsheet does, so the header is 1."""

    number: int
    cells: list[str]
    broken: str = ""


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

    def rows(self) -> Iterator[RawRow]:
        """Every row below the header that is not blank."""
        with _text(self.path, self.encoding) as file:
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            for number in itertools.count(1):
                row = _next(reader, number)
                if row is None:
                    return
                if number > self.skipped + 1 and (row.broken or any(row.cells)):
                    yield row


def open_catalog(path: Path, file_format: str = "auto") -> Opened:
    """Recognise a file. Raises UnreadableCatalog."""
    csv.field_size_limit(MAX_CELL)
    try:
        return _recognise(path, tuple(FORMATS) if file_format == "auto" else (file_format,))
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
        kinds = " or ".join(FORMATS[name] for name in formats)
        seen = printable(", ".join(" ".join(name.split())[:40] for name in best.header[:8]))
        raise UnreadableCatalog(f"{path} has no columns of {kinds} in its first row. It has: {seen}.")
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


def _next(reader: Iterator[list[str]], number: int) -> RawRow | None:
    """The next row, or None at the end; a row that cannot be taken apart says why."""
    try:
        return RawRow(number, [unguarded(cell) for cell in next(reader)])
    except StopIteration:
        return None
    except csv.Error as error:
        return RawRow(number, [], _broken(str(error)))


def _broken(error: str) -> str:
    if "unexpected end" in error:
        return "a quotation mark is never closed, so nothing below it could be read"
    if "field larger" in error:
        return f"a cell is longer than {MAX_CELL} characters"
    return "a quotation mark stands where none belongs; inside quotes it is written twice"


def _text(path: Path, encoding: str) -> TextIO:
    return path.open(encoding=encoding, errors="storefront.torn", newline="")


def _torn(error: UnicodeError) -> tuple[str, int]:
    """Keep bytes that are no letters, as letters that no cell may hold: their row is refused."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    torn = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in torn), error.end


codecs.register_error("storefront.torn", _torn)
