"""Tell the kept pages what has changed, also when this process dies before it could."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import text

from storefront.platform.caching.shelf import Shelf

_OWE = text("INSERT INTO cache_bumps (tags, at) VALUES (:tags, :at) RETURNING id")


def owe(execute: Callable[..., Any], tags: Collection[str], now: datetime) -> int | None:
    """Write down, in the transaction of the change, that these will have to be bumped."""
    if not tags:
        return None
    number: int = execute(_OWE, {"tags": sorted(tags), "at": now}).scalar_one()
    return number


def bump(tags: Collection[str], owed: int | None = None) -> None:
    """Whatever tells of these has changed: no page of them is shown any more."""
    if tags:
        shelf: Shelf = current_app.extensions["pages"]
        shelf.forget(set(tags), owed)
