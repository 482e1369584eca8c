"""What the operator reads while the shop starts: one line for each step, with its seconds."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import socket

from storefront.embedded.place import Place
from storefront.up import door

_began = time.monotonic()


def line(text: str) -> None:
    """Print a line at once; a terminal that is gone must not keep us from stopping."""
    with suppress(OSError):
        print(text, flush=True)  # noqa: T201 - the supervisor has no other voice


def opening(var: Path) -> None:
    """The first line: which shop this is."""
    line(f"Storefront, with its data in {var}")


def elsewhere(place: Place) -> None:
    """Where the servers' files are, if not in the data folder."""
    if place.servers.parent != place.var.resolve():
        line(
            f"  (the servers run as {place.account.name}, who cannot enter it: theirs is in {place.servers})"
        )


@contextmanager
def step(name: str) -> Iterator[None]:
    """One step: its name now, its seconds when it is done."""
    started = time.monotonic()
    with suppress(OSError):
        sys.stdout.write(f"  {name} ".ljust(44, "."))
        sys.stdout.flush()
    try:
        yield
    except BaseException:
        line(" not done")
        raise
    line(f" {time.monotonic() - started:5.1f} s")


def ready(var: Path, listening: socket) -> None:
    """The last lines: where the shop is, and how to stop it."""
    line(f"Ready in {time.monotonic() - _began:.1f} s: {door.address(listening)}")
    line(f"Ctrl-C stops it. Its logs are in {var / 'log'}")
