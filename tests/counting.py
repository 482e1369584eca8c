"""Count the SQL statements of a piece of work."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


class Statements(list[str]):
    """The statements in the order in which they were sent."""

    def at_most(self, limit: int) -> None:
        """Fails naming each statement when there are more."""
        told = "\n".join(f"  {number}. {' '.join(sql.split())[:160]}" for number, sql in enumerate(self, 1))
        assert len(self) <= limit, f"{len(self)} statements, {limit} are allowed:\n{told}"


@contextmanager
def counted(engine: Engine) -> Iterator[Statements]:
    """Collect what is sent through an engine. SET LOCAL goes past it, straight to the driver."""
    seen = Statements()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
