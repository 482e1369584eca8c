"""What pages ask: made ready once, and sent past SQLAlchemy, which would take longer than PostgreSQL."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, cast

import psycopg
from psycopg.rows import namedtuple_row
from sqlalchemy import ClauseElement, Connection, make_url
from sqlalchemy.exc import DBAPIError

from storefront.platform import db, metrics

INDENT = re.compile(r"\s*\n\s*")
_DRIVER = make_url("postgresql+psycopg://").get_dialect()()


class Question:
    """A statement that only reads, in the driver's words; whoever listens to statements hears of it, too."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement

    @cached_property
    def _said(self) -> tuple[str, dict[str, Any]]:
        """Its text, and the values that are always the same. psycopg remembers no text that is long."""
        compiled = self._statement.compile(dialect=_DRIVER)
        given = {name: value for name, value in compiled.params.items() if value is not None}
        return INDENT.sub(" ", str(compiled)).strip(), given

    def ask(self, values: Mapping[str, Any] | None = None) -> list[Any]:
        """The rows, each a named tuple. Raises DBAPIError."""
        text, given = self._said
        asked = {**given, **(values or {})}
        connection = db.session.connection()
        cursor = cast("psycopg.Cursor[Any]", connection.connection.cursor(row_factory=namedtuple_row))
        heard = connection.dispatch
        for listener in heard.before_cursor_execute:
            listener(connection, cursor, text, asked, None, False)  # noqa: FBT003 - as SQLAlchemy calls it
        try:
            rows = cursor.execute(text, asked).fetchall()
        except psycopg.Error as error:
            metrics.sql_failed.labels(error.sqlstate or "none").inc()
            raise _told(connection, text, asked, error) from error
        for listener in heard.after_cursor_execute:
            listener(connection, cursor, text, asked, None, False)  # noqa: FBT003 - as above
        return rows


def _told(connection: Connection, text: str, values: Any, error: psycopg.Error) -> BaseException:
    """The same error as SQLAlchemy tells it; a connection that died of it is not used again."""
    dead = bool(connection.connection.driver_connection.closed)  # type: ignore[union-attr]  # There is one.
    if dead:
        connection.invalidate(error)
    return DBAPIError.instance(
        text, values, error, psycopg.Error, hide_parameters=True, connection_invalidated=dead
    )
