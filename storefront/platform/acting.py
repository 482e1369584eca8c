"""Who acts right now: written down with every change, and told in every line of the log."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

AUDITED = ("staff", "key")
"""Whose versions the database notes by itself, so that the audit log can be proved complete."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who changes something: a visitor, customer, staff, key, cli or job, and which one."""

    kind: str = "visitor"
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, in which request, and as part of which trace (W3C Trace Context, a whole `traceparent`)."""

    actor: Actor = Actor()
    request_id: str | None = None
    trace: str | None = None


_nobody = Acting()
_acting: ContextVar[Acting] = ContextVar("acting", default=_nobody)


def new_id() -> str:
    """A name for a request, or for what nobody requested: a command, or a job by the clock."""
    return secrets.token_hex(8)


def now() -> Acting:
    """Who acts in this thread."""
    return _acting.get()


@contextmanager
def acting_as(actor: Actor, request_id: str | None = None, trace: str | None = None) -> Iterator[None]:
    """Changes inside are written down as made by `actor`."""
    token = _acting.set(Acting(actor, request_id, trace))
    try:
        yield
    finally:
        _acting.reset(token)


def begin(actor: Actor, request_id: str | None, trace: str | None = None) -> None:
    """From now on, changes in this thread are made by `actor`, until the next request says otherwise."""
    _acting.set(Acting(actor, request_id, trace))
