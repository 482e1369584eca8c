"""Statements that are written once, as a module's constants, and run often."""

from typing import Any

from sqlalchemy import ColumnElement, Text, bindparam, literal_column
from sqlalchemy.dialects.postgresql import Insert, insert

from storefront.platform import db


def insertion(model: type[db.Model], *by_database: str) -> Insert:
    """The insertion of one row, as a part of a larger statement; values are named like the columns."""
    values: dict[str, Any] = {name: bindparam(name) for name in given(model, *by_database)}
    return insert(db.table(model)).inline().values(values)


def given(model: type[db.Model], *by_database: str) -> list[str]:
    """The columns that are not left to the database."""
    return [column.key for column in db.table(model).c if column.key not in by_database]


def word(ours: str) -> ColumnElement[str]:
    """A word of ours that is always the same: it stands in the statement and is never sent."""
    return literal_column(f"'{ours}'", Text)
