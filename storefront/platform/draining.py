"""gunicorn's process with threads, which has a doorman, and on its way out answers whoever stands in line.

gunicorn's own stops to take people in and leaves its door open until the last answer is given. Who came
meanwhile would wait in line, and be cut off at the end. Here the line is served and the door shut at once,
so that a proxy finds it shut and goes to another one.
"""

import select
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from storefront.platform import doorman


class DrainingWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn says nothing of its types.
    """Serves the line before it shuts the door, and has a doorman look at it."""

    def enqueue_req(self, conn: Any) -> None:
        """Give somebody a thread, but not one too many who would only be turned away in it."""
        turnstile = getattr(self.wsgi, "extensions", {}).get("turnstile")
        if turnstile and doorman.turned_away(conn.sock, turnstile):
            self.nr_conns -= 1
            conn.close()
        else:
            super().enqueue_req(conn)

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - as gunicorn calls it
        """Begin or cease to take people in; for good, when it is told to end."""
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            for _ in range(self.cfg.backlog):
                if not _somebody_waits(listener):
                    break
                self.accept(listener)
            listener.close()


def _somebody_waits(listener: Any) -> bool:
    return bool(select.select([listener.fileno()], [], [], 0)[0])
