"""What one purchase really says to PostgreSQL, overheard while the application makes it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as the driver got it, with its values by name, or by number from 1 on."""

    text: str
    values: dict[str, Any]

    @classmethod
    def of(cls, text: str, values: Any) -> "Statement":
        """`values` are named (%(name)s) or numbered ($1)."""
        if isinstance(values, list):
            return cls(text, {str(number): value for number, value in enumerate(values, 1)})
        return cls(text, dict(values or {}))


@dataclass(frozen=True, slots=True)
class Purchase:
    """The statements of the transaction that placed an order, and the token the order got."""

    said: list[Statement]
    in_all: int
    """How many statements the whole request was."""
    token: str


@dataclass
class Overheard:
    """The statements of each transaction that was committed, and how many there were in all."""

    committed: list[list[Statement]] = field(default_factory=list)
    total: int = 0
    _open: list[Statement] = field(default_factory=list)

    @property
    def purchase(self) -> list[Statement]:
        """The one transaction that placed the order."""
        (placing,) = [
            said for said in self.committed if any("INSERT INTO orders" in one.text for one in said)
        ]
        return placing

    def hear(self, _connection: Any, _cursor: Any, text: str, values: Any, *_rest: Any) -> None:
        self._open.append(Statement.of(text, values))
        self.total += 1

    def begin(self, _connection: Any) -> None:
        self._open = []
        self.total += 2  # BEGIN, and the time-outs that are set past SQLAlchemy.

    def commit(self, _connection: Any) -> None:
        self.committed.append(self._open)
        self.total += 1

    def rollback(self, _connection: Any) -> None:
        self.total += 1


@contextmanager
def overheard(engine: Engine) -> Iterator[Overheard]:
    """Listen to everything that goes through an engine."""
    ear = Overheard()
    listeners: dict[str, Callable[..., Any]] = {
        "before_cursor_execute": ear.hear,
        "begin": ear.begin,
        "commit": ear.commit,
        "rollback": ear.rollback,
    }
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    try:
        yield ear
    finally:
        for name, listener in listeners.items():
            event.remove(engine, name, listener)
