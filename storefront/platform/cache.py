"""Valkey, which may vanish at any moment: versions of cache tags, nothing that must last."""

import logging
from collections.abc import Iterable
from typing import cast

import redis
from flask import Flask, current_app

from storefront.config import Settings

log = logging.getLogger(__name__)
TIMEOUT = 0.25  # seconds; a page is never later than this because Valkey is frozen


def init_app(app: Flask, settings: Settings) -> None:
    """Open a pool of connections, used only on demand; without an address there is no cache."""
    app.extensions["valkey"] = (
        redis.Redis.from_url(settings.valkey_url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)
        if settings.valkey_url
        else None
    )


def valkey() -> "redis.Redis | None":
    """The connection pool of the running application, or None when there is no Valkey."""
    return cast("redis.Redis | None", current_app.extensions["valkey"])


def bump(tags: Iterable[str]) -> None:
    """Make everything cached under these tags stale. A dead Valkey holds nothing to make stale."""
    server = valkey()
    names = sorted(tags)
    if server is None or not names:
        return
    try:
        with server.pipeline(transaction=False) as pipe:
            for name in names:
                pipe.incr(f"tag:{name}")
            pipe.execute()
    except redis.RedisError as error:
        log.warning("cache tags were not bumped: %s", error)
