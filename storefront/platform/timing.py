"""What the time of an answer went into, told in its headers: kept or not, statements of SQL, templates."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext

from storefront.config import Settings
from storefront.platform import db, metrics


@dataclass(slots=True)
class Spent:
    """Seconds since a request came, and what some of them were for."""

    began: float = field(default_factory=time.perf_counter)
    statements: int = 0
    sql: float = 0.0
    render: float = 0.0
    asked_at: float = 0.0
    route: str | None = None
    """The view that answers."""
    cache: str = "none"
    """Whether the page was a kept one: hit, miss, or none that could be."""
    came: str = ""
    """How a public page came, more closely."""

    @property
    def whole(self) -> float:
        return time.perf_counter() - self.began

    def headers(self) -> list[tuple[str, str]]:
        """Milliseconds, as browsers' tools show them."""
        told = [f"cache;desc={self.cache}"]
        if self.statements:
            told.append(f'sql;desc="{self.statements}";dur={self.sql * 1000:.1f}')
        if self.render:
            told.append(f"render;dur={self.render * 1000:.1f}")
        return [("Server-Timing", ", ".join(told)), ("X-Response-Time", f"{self.whole * 1000:.1f}ms")]


_spent: ContextVar[Spent | None] = ContextVar("spent", default=None)


def begin() -> Spent:
    """A request has come."""
    spent = Spent()
    _spent.set(spent)
    return spent


def lead_to(route: str | None) -> None:
    """It is known which view answers."""
    if spent := _spent.get():
        spent.route = route


@contextmanager
def rendering() -> Iterator[None]:
    """A template is at work."""
    began = time.perf_counter()
    try:
        yield
    finally:
        if spent := _spent.get():
            spent.render += time.perf_counter() - began


def init_app(app: Flask, _settings: Settings) -> None:
    """Count the statements of the application and the time they take."""
    with app.app_context():
        event.listen(db.engine(), "before_cursor_execute", _asked)
        event.listen(db.engine(), "after_cursor_execute", _answered)
        event.listen(db.engine(), "handle_error", _failed)


def _asked(*_statement: Any) -> None:
    if spent := _spent.get():
        spent.asked_at = time.perf_counter()


def _answered(*_statement: Any) -> None:
    if spent := _spent.get():
        took = time.perf_counter() - spent.asked_at
        spent.statements += 1
        spent.sql += took
        metrics.sql.observe(took)


def _failed(context: ExceptionContext) -> None:
    """Time-outs and lost connections; that something was taken already is an answer like any other."""
    state = getattr(context.original_exception, "sqlstate", None) or "none"
    if not state.startswith("23"):
        metrics.sql_failed.labels(state).inc()
