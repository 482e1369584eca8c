"""What happened in these two hours that whoever runs the shop wants to see: errors, and who was too fast.

Kept in Valkey for that long and nowhere else, because an address is somebody's.
"""

from collections import Counter
from functools import partial
from typing import cast

import redis
from flask import current_app

from storefront.platform import clock
from storefront.platform.caching.line import Gone, Line

ERRORS, REFUSED = "noticed:errors", "noticed:refused"
HOUR = 3600  # seconds
SHOWN = 5


def error(route: str) -> None:
    """A view made a mistake."""
    _add(ERRORS, route)


def too_fast(address: str) -> None:
    """An address was refused because it came too fast."""
    _add(REFUSED, address)


def errors() -> list[tuple[str, int]] | None:
    """The views with the most mistakes; None while Valkey is away."""
    return _most(ERRORS)


def refused() -> list[tuple[str, int]] | None:
    """The addresses that were refused most; None while Valkey is away."""
    return _most(REFUSED)


def _line() -> Line | None:
    return cast("Line | None", current_app.extensions["valkey"])


def _key(what: str, hours_ago: int = 0) -> str:
    return f"{what}:{int(clock.now().timestamp()) // HOUR - hours_ago}"


def _add(what: str, who: str) -> None:
    line, key = _line(), _key(what)
    if line is None:
        return

    def add(server: "redis.Redis") -> None:
        with server.pipeline(transaction=False) as pipe:
            pipe.zincrby(key, 1, who)
            pipe.expire(key, 2 * HOUR)
            pipe.execute()

    try:
        line.ask(add)
    except Gone:
        return  # Valkey's own absence is told elsewhere.


def _most(what: str) -> list[tuple[str, int]] | None:
    line, counts = _line(), Counter[str]()
    if line is None:
        return None
    for hours_ago in (0, 1):
        try:
            rows = line.ask(partial(_ranked, _key(what, hours_ago)))
        except Gone:
            return None
        for who, number in rows:
            counts[who.decode()] += int(number)
    return counts.most_common(SHOWN)


def _ranked(key: str, server: "redis.Redis") -> list[tuple[bytes, float]]:
    return cast("list[tuple[bytes, float]]", server.zrevrange(key, 0, 100, withscores=True))
