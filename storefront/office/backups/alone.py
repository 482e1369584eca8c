"""One backup at a time in one place: a second one would sweep what the first has half made."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storefront.embedded.trouble import Trouble

HALF = ".half"  # what a backup is called until it is whole


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """Be the only one who writes there, and sweep what somebody who was killed left. Raises Trouble."""
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise Trouble(f"The backup cannot be written to {place}: {error.strerror}.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for half in place.glob(f"*{HALF}"):
            shutil.rmtree(half, ignore_errors=True)
        yield
    except BlockingIOError:
        raise Trouble(f"Somebody makes a backup in {place} right now: wait for it.") from None
    finally:
        os.close(lock)
