"""A statement in the driver's words, made ready once; SQLAlchemy reads it anew each time it is run.

That takes longer than PostgreSQL does, and so does looking for the names of values in a text: here they are
numbered ($1), as PostgreSQL wants them.
"""

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, cast

import psycopg
from psycopg.rows import namedtuple_row
from sqlalchemy import ClauseElement, Connection, make_url
from sqlalchemy.exc import DBAPIError

from storefront.platform import metrics

INDENT = re.compile(r"\s*\n\s*")
_DRIVER = cast(Any, make_url("postgresql+psycopg://").get_dialect())(paramstyle="numeric_dollar")
Wrap = Callable[[Any], Any]


class Spoken:
    """A statement that goes past SQLAlchemy; whoever listens to statements hears of it all the same."""

    def __init__(self, statement: ClauseElement) -> None:
        self.statement = statement

    @cached_property
    def _said(self) -> tuple[str, list[tuple[str, Any, Wrap | None]]]:
        """Its text; of each value its name, what it is when nobody says, and how the driver wants it."""
        compiled = cast(Any, self.statement.compile(dialect=_DRIVER))
        wrapping = compiled._bind_processors  # noqa: SLF001 - SQLAlchemy has no other name for it
        values = [(name, compiled.params[name], wrapping.get(name)) for name in compiled.positiontup or ()]
        return INDENT.sub(" ", str(compiled)).strip(), values

    def say(self, connection: Connection, values: Mapping[str, Any] | None = None) -> list[Any]:
        """The rows, each a named tuple; none of what has no answer. Raises DBAPIError."""
        text, places = self._said
        given = values or {}
        asked = [
            wrap(given.get(name, usual)) if wrap else given.get(name, usual) for name, usual, wrap in places
        ]
        cursor = psycopg.RawCursor(_driver_of(connection), row_factory=namedtuple_row)
        heard = connection.dispatch
        for listener in heard.before_cursor_execute:
            listener(connection, cursor, text, asked, None, False)  # noqa: FBT003 - as SQLAlchemy calls it
        try:
            cursor.execute(text.encode(), asked)
            rows = cursor.fetchall() if cursor.rownumber is not None else []
        except psycopg.Error as error:
            metrics.sql_failed.labels(error.sqlstate or "none").inc()
            raise _told(connection, text, asked, error) from error
        for listener in heard.after_cursor_execute:
            listener(connection, cursor, text, asked, None, False)  # noqa: FBT003 - as above
        return cast("list[Any]", rows)


def _driver_of(connection: Connection) -> "psycopg.Connection[Any]":
    return cast("psycopg.Connection[Any]", connection.connection.driver_connection)


def _told(connection: Connection, text: str, values: Any, error: psycopg.Error) -> BaseException:
    """The same error as SQLAlchemy tells it; a connection that died of it is not used again."""
    dead = bool(_driver_of(connection).closed)
    if dead:
        connection.invalidate(error)
    return DBAPIError.instance(
        text, values, error, psycopg.Error, hide_parameters=True, connection_invalidated=dead
    )
