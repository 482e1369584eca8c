"""Keep a file's rows on disk by product, so that rows far apart meet and memory stays flat."""

import json
import tempfile
from collections.abc import Iterator
from typing import IO

from storefront.catalog.importing.columns import Columns
from storefront.catalog.importing.families import families_of
from storefront.catalog.importing.reading import Opened
from storefront.catalog.importing.rows import Row


class Spool:
    """The rows of a file in a temporary one; only where each product's rows stand is remembered."""

    def __init__(self, opened: Opened) -> None:
        self.columns: Columns = opened.columns
        self.count = 0
        self._width = len(opened.header)
        self._filled: set[int] = set()
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - close() ends it
        self._families = families_of(opened.columns)
        for raw in opened.rows():
            self.count += 1
            self._filled.update(
                place for place in self.columns.ignored if "".join(raw.cells[place : place + 1])
            )
            self._families.add(raw, self._file.tell())
            self._file.write(json.dumps([raw.number, raw.cells, raw.broken]).encode() + b"\n")

    def close(self) -> None:
        self._file.close()

    def products(self) -> Iterator[list[Row]]:
        """The rows of one product after the other."""
        for places in self._families.places():
            yield [self._row(place) for place in places]

    def ignored_columns(self, *, filled: bool) -> list[str]:
        """Columns that nobody reads, and that hold something, or do not."""
        return [name for place, name in self.columns.ignored.items() if (place in self._filled) == filled]

    def _row(self, place: int) -> Row:
        self._file.seek(place)
        number, original, broken = json.loads(self._file.readline())
        cells = {
            meaning: original[column]
            for meaning, column in self.columns.places.items()
            if column < len(original)
        }
        row = Row(number, cells, self.columns.names, original)
        if broken:
            row.refuse("the row", broken)
        elif any(original[self._width :]):
            row.refuse("the row", f"has {len(original)} cells, the header only {self._width}")
        return row
