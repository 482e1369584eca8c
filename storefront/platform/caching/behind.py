"""Work behind the readers' backs: a page that grows old is built anew while they still see the old one."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

log = logging.getLogger(__name__)
THREADS = 2  # of each process; what waits for them is old, but it is there


class Behind:
    """At most one piece of work for each key; its threads begin with the first, after the process forked."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._keys: set[str] = set()
        self._pool: ThreadPoolExecutor | None = None

    def do(self, key: str, work: Callable[[], None]) -> None:
        """Begin soon, unless it is under way."""
        with self._lock:
            if key in self._keys:
                return
            self._keys.add(key)
            self._pool = self._pool or ThreadPoolExecutor(THREADS, "behind")
            self._pool.submit(self._run, key, work)

    def _run(self, key: str, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:
            log.exception("a page could not be built anew: %s", key)
        finally:
            with self._lock:
                self._keys.discard(key)
