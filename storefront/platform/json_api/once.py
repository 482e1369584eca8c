"""The same change sent again is done once: key, effect and answer are written in one transaction."""

import json
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.exc import InterfaceError, OperationalError

from storefront.platform import db, idempotency
from storefront.platform.errors import Busy
from storefront.platform.json_api.answers import Made

T = TypeVar("T")
LOST = (OperationalError, InterfaceError)
"""The database went away, or did not answer in time."""


def once(key: UUID, print_: str, work: Callable[[], Made]) -> tuple[Made, bool]:
    """Do the work, or find what it made the first time; whether it was found.

    Raises KeyReused when the key came with another request, Busy, or what the work raises, which
    leaves the key unused.
    """
    try:
        return _once(key, print_, work)
    except LOST as error:
        return _what_became_of(key, print_, error), True


@db.retried
def _once(key: UUID, print_: str, work: Callable[[], Made]) -> tuple[Made, bool]:
    with db.transaction(shared=True):
        earlier = idempotency.claim(key, print_, "")
        if earlier is not None:
            return _read(earlier), True
        made = work()
        idempotency.point_at(key, json.dumps([made.endpoint, made.values, made.status]))
    return made, False


@db.retried
def whole(work: Callable[[], T]) -> T:
    """Do all actions of the work, or none."""
    with db.transaction(shared=True):
        return work()


def _read(answer: str) -> Made:
    endpoint, values, status = json.loads(answer)
    return Made(endpoint, values, status)


def _what_became_of(key: UUID, print_: str, error: Exception) -> Made:
    """A commit whose answer got lost may have happened: the key knows."""
    try:
        found = idempotency.answer_of(key, print_)
    except LOST:
        raise Busy from error
    if found is None:
        raise Busy from error
    return _read(found)


def fingerprint_of(name: str, values: dict[str, Any], content: bytes) -> str:
    """What must be the same when a key comes again."""
    return idempotency.fingerprint([name, values, content.hex()])
