"""Close an application's connections once nobody works on one any more.

A connection that comes back to a pool which is gone belongs to nobody: it stays open until its memory is
looked at, in some other test. Pages are built anew behind the readers' backs, so that can be anybody.
"""

import time

from sqlalchemy import QueuePool

from storefront.platform import db

PATIENCE = 30  # seconds for whoever is at work


def hang_up() -> None:
    """Close all connections of the application in which we stand."""
    db.release_quietly()
    pool = db.engine().pool
    assert isinstance(pool, QueuePool)
    deadline = time.monotonic() + PATIENCE
    while pool.checkedout() and time.monotonic() < deadline:
        time.sleep(0.01)
    held = pool.checkedout()
    db.engine().dispose()
    assert not held, f"{held} connections are held by somebody who never gives them back"
