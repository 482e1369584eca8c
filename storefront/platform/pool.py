"""A pool of connections with a waiting line: whoever waits longest gets the next one.

SQLAlchemy's own queue wakes the one who waits longest too, but whoever comes by while that thread
wakes up takes the connection from under its nose. With few connections and a busy processor a thread
then waits in vain until its time is over, and a shopper is told that the shop is too busy.
"""

import time
from collections import deque
from threading import Condition
from typing import Any

from sqlalchemy import Pool, QueuePool, event
from sqlalchemy.util.queue import Empty, Full, Queue

from storefront.platform import metrics


class WaitingLine(Queue[Any]):
    """A queue whose items go to those who wait, in the order in which they came."""

    def _init(self, maxsize: int) -> None:
        super()._init(maxsize)
        self._line: deque[Condition] = deque()

    def get(self, block: bool = True, timeout: float | None = None) -> Any:  # noqa: FBT001, FBT002 - as Queue has it
        """Take an item, after everybody who came before. Raises Empty."""
        with self.mutex:
            if not self._line and not self._empty():
                return self._get()
            if not block:
                raise Empty
            return self._wait(timeout)

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:  # noqa: ARG002, FBT001, FBT002 - as Queue has it
        """Give an item back; there is room for each, so nobody waits here. Raises Full."""
        with self.mutex:
            if self._full():
                raise Full
            self._put(item)
            self._call_first()

    def _wait(self, timeout: float | None) -> Any:
        me = Condition(self.mutex)
        self._line.append(me)
        began = time.monotonic()
        try:
            if not me.wait_for(lambda: self._line[0] is me and not self._empty(), timeout):
                metrics.pool_given_up.inc()
                raise Empty
            return self._get()
        finally:
            metrics.pool_waits.inc()
            metrics.pool_wait_seconds.inc(time.monotonic() - began)
            self._line.remove(me)
            self._call_first()

    def _call_first(self) -> None:
        if self._line and not self._empty():
            self._line[0].notify()


class FairPool(QueuePool):
    """Connections in a WaitingLine."""

    _queue_class = WaitingLine


def watch(pool: Pool) -> None:
    """Let a monitor see how many connections are at work."""

    def look(*_connection: Any) -> None:
        metrics.pool_in_use.set(pool.checkedout())  # type: ignore[attr-defined]  # a QueuePool

    event.listen(pool, "checkout", look)
    event.listen(pool, "checkin", look)
