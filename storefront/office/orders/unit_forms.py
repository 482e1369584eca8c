"""Forms that ask for units of each line of an order: to cancel them, or to say what came back."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms.validators import ValidationError

from storefront.checkout.changing import CameBack
from storefront.office.orders.forms import MAX_REASON
from storefront.office.orders.page import OrderPage, Row
from storefront.platform.fields import check_box, needed, text_field
from storefront.platform.forms import Form, whole_number


class UnitsForm(Form):
    """A reason, and numbers beside the lines of an order; what is left empty is nothing."""

    columns: Sequence[str] = ()

    def __init__(self, page: OrderPage, typed: Any = None) -> None:
        super().__init__(typed)
        self.rows: list[Row] = [row for row in page.lines if row.left]
        self.typed = {
            self.name(column, row): (
                typed.get(self.name(column, row), "") if typed else self.first(column, row)
            )
            for row in self.rows
            for column in self.columns
        }
        self.wrong: dict[str, str] = {}
        self.units: dict[tuple[str, int], int] = {}

    @staticmethod
    def name(column: str, row: Row) -> str:
        """What the field of a line is called."""
        return f"{column}-{row.line.id}"

    def first(self, _column: str, _row: Row) -> str:
        """What stands in a field at first."""
        return ""

    def validate(self, extra_validators: Any = None) -> bool:
        right = super().validate(extra_validators)
        for row in self.rows:
            for column in self.columns:
                self._read(column, row)
        if not self.wrong and not any(self.units.values()) and self.rows:
            self.wrong[self.name(self.columns[0], self.rows[0])] = _("Please say how many of what.")
        return right and not self.wrong

    def problems(self) -> list[tuple[str, str]]:
        """Every sentence about what is wrong, with the id of its field."""
        found = [(entry.id, sentence) for entry in self for sentence in entry.errors]
        return [*self.wrong.items(), *found]

    def _read(self, column: str, row: Row) -> None:
        name = self.name(column, row)
        try:
            units = whole_number(self.typed[name] or "0", least=0, most=row.left)
        except ValidationError as error:
            self.wrong[name] = f"{row.line.title}: {error}"
            return
        self.units[column, row.line.id] = units


class ReduceForm(UnitsForm):
    """Units that are not wanted any more."""

    reason = text_field(lazy_gettext("Reason"), MAX_REASON, needed(lazy_gettext("Please say why.")))
    columns = ("cancel",)

    def cancelled(self) -> dict[int, int]:
        """How many of each line are cancelled."""
        return {line: units for (_column, line), units in self.units.items() if units}


class ReturnForm(UnitsForm):
    """What came back of a parcel: for the shelf, or for nobody any more."""

    reason = text_field(lazy_gettext("Reason"), MAX_REASON)
    shipping = check_box(lazy_gettext("Credit the delivery, too"))
    columns = ("restock", "write-off")

    def first(self, column: str, row: Row) -> str:
        return str(row.left) if column == "restock" else ""

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        for row in self.rows:
            back = sum(self.units.get((column, row.line.id), 0) for column in self.columns)
            if back > row.left:
                self.wrong[self.name("restock", row)] = _(
                    "%(title)s: only %(left)s of it can come back.", title=row.line.title, left=row.left
                )
        return not self.errors and not self.wrong

    def came(self) -> dict[int, CameBack]:
        """What came back of each line."""
        found = {
            row.line.id: CameBack(
                self.units.get(("restock", row.line.id), 0), self.units.get(("write-off", row.line.id), 0)
            )
            for row in self.rows
        }
        return {line: back for line, back in found.items() if back.units}
