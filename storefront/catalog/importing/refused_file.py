"""Keep the refused rows, as they stood and with the reasons, to be corrected and imported again."""

import csv
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from storefront.catalog.importing.formulas import guarded
from storefront.catalog.importing.reading import Opened
from storefront.catalog.importing.report import Line, Outcome

REASONS = ("Refused row", "Refused column", "Refused reason")


class RefusedFile:
    """A CSV file of the same columns and delimiter; it is not made before there is something to keep."""

    def __init__(self, folder: Path, opened: Opened, now: datetime) -> None:
        self.path = folder / f"{opened.path.stem[:80]}-refused-{now:%Y%m%d-%H%M%S-%f}.csv"
        self.count = 0
        self._opened = opened
        self._file: TextIO | None = None
        self._writer: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, line: Line) -> None:
        """Keep the row if it was refused."""
        if line.outcome is not Outcome.REFUSED:
            return
        if self._file is None:
            self._begin()
        self.count += 1
        width = len(self._opened.header)
        cells = [*line.original[:width], *[""] * (width - len(line.original))]
        columns = "; ".join(problem.column for problem in line.problems)
        reasons = "; ".join(problem.reason for problem in line.problems)
        self._writer.writerow([guarded(cell) for cell in (*cells, str(line.row), columns, reasons)])

    def _begin(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="")
        self._writer = csv.writer(self._file, delimiter=self._opened.delimiter)
        self._writer.writerow([*self._opened.header, *REASONS])
