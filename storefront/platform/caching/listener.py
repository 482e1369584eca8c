"""Hears from Valkey, at once, which tags have changed anywhere: one thread in each process."""

import logging
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from threading import Lock, Thread
from typing import Any

import redis
from redis.connection import ConnectionPool

from storefront.platform.caching.line import TIMEOUT
from storefront.platform.caching.versions import TAG

log = logging.getLogger(__name__)
BEAT = 0.3  # seconds of silence after which it is asked whether it is still there
PAUSE = 0.5  # seconds until the line is opened again

Told = Callable[[Collection[str] | None], None]
"""Takes the tags that changed; None when all may have."""


class Listener:
    """A line of its own, on which Valkey speaks first (client tracking by prefix, RESP3)."""

    def __init__(self, url: str, tell: Told) -> None:
        self._pool: Any = ConnectionPool.from_url(
            url, protocol=3, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT
        )
        self._tell = tell
        self._lock = Lock()
        self._thread: Thread | None = None
        self.heard_at = 0.0
        """When Valkey was heard last; who was not heard for a while may have said something."""

    def begin(self) -> None:
        """Start the thread, once; here and not before the process forked, which would leave it behind."""
        if self._thread is None:
            with self._lock:
                if self._thread is None:
                    self._thread = Thread(target=self._run, name="listener", daemon=True)
                    self._thread.start()

    def _run(self) -> None:
        while True:
            with suppress(redis.RedisError, OSError):
                self._listen()
            self.heard_at = 0.0
            self._tell(None)
            time.sleep(PAUSE)

    def _listen(self) -> None:
        line = self._pool.make_connection()
        try:
            line.connect()
            # redis-py has no public way to be told; its own caching client takes this one.
            line._parser.set_invalidation_push_handler(self._heard)  # noqa: SLF001 - see above
            line.send_command("CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", TAG)
            line.read_response()
            self._tell(None)  # Whatever changed before this moment was not heard.
            while True:
                if not line.can_read(BEAT):
                    line.send_command("PING")
                line.read_response(push_request=True)
                self.heard_at = time.monotonic()
        finally:
            line.disconnect()

    def _heard(self, message: list[Any]) -> None:
        _kind, keys = message
        self._tell(None if keys is None else [key.decode().removeprefix(TAG) for key in keys])
