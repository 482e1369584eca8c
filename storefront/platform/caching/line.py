"""The line to Valkey: short patience, and none at all for a while after it was lost."""

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)
TIMEOUT = 0.25  # seconds an answer may take
PAUSE = 1.0  # seconds in which nobody asks again after it took longer
ONCE_AGAIN = Retry(NoBackoff(), 1, (redis.ConnectionError,))  # A connection may have died in the pool.

T = TypeVar("T")


class Gone(Exception):
    """Valkey does not answer, or not like this; whoever asked does without."""


class Line:
    """A pool of connections that is asked at most once in a PAUSE while Valkey is dead or frozen."""

    def __init__(self, url: str) -> None:
        self.server = redis.Redis.from_url(
            url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT, retry=ONCE_AGAIN
        )
        self._lock = Lock()
        self._lost = False
        self._closed_until = 0.0

    def ask(self, question: Callable[["redis.Redis"], T]) -> T:
        """What Valkey answers. Raises Gone."""
        self._enter()
        try:
            answer = question(self.server)
        except redis.ResponseError as error:  # It is there: full, or with something else under this name.
            raise Gone(str(error)) from error
        except redis.RedisError as error:
            self._hang_up(error)
            raise Gone(str(error)) from error
        if self._lost:
            self._lost = False
            log.warning("Valkey answers again")
        return answer

    def _enter(self) -> None:
        """One asks whether it is back; all others have no time for that."""
        if not self._lost:
            return
        with self._lock:
            now = time.monotonic()
            if now < self._closed_until:
                raise Gone("it was lost a moment ago")
            self._closed_until = now + PAUSE

    def _hang_up(self, error: Exception) -> None:
        with self._lock:
            if not self._lost:
                log.warning("Valkey is away, pages are kept by each process: %s", error)
            self._lost = True
            self._closed_until = time.monotonic() + PAUSE
