"""Folders whose processes never outlive them, even when the tests are killed."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storefront.embedded.child import take
from storefront.up import family

PREFIX = "storefront-tests-"


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is locked while it is used; what runs in it is stopped at the end."""
    sweep()
    made = Path(tempfile.mkdtemp(prefix=PREFIX))
    made.chmod(0o755)  # The servers run as `nobody` when root runs the tests.
    with (made / "session.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield made
        finally:
            clear(made)


def sweep() -> None:
    """Clear the folders of sessions that were killed: nobody holds their locks any more."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/session.lock"):
        if os.access(left, os.W_OK):
            with left.open("r+") as lock:
                if take(lock.fileno()):
                    clear(left.parent)


def clear(left: Path) -> None:
    """Stop everything that runs below a folder, supervisors first, and remove it."""
    for lock in sorted(left.rglob("run/*.lock"), key=lambda lock: lock.name != "up.lock"):
        family.child(lock.stem, lock.parent.parent).stop(patience=10)
    shutil.rmtree(left, ignore_errors=True)
