"""Workers that are born at once: one process has everything in memory, and forks whoever is to be killed.

A round of a storm is then as long as what happens in it, and not as long as the import of everything.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask

from storefront.config import Settings


@dataclass
class Nursery:
    """Has one worker at a time, and tells when it is there and when it is gone."""

    process: subprocess.Popen[str]

    def start(self) -> None:
        """A worker is at work."""
        self._ask("start")

    def end(self, how: signal.Signals) -> None:
        """The worker got a signal, and is gone."""
        self._ask(str(int(how)))

    def _ask(self, wish: str) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(wish, file=self.process.stdin, flush=True)
        assert self.process.stdout.readline() == "done\n", f"the nursery could not do this: {wish}"


@contextmanager
def a_nursery(environment: Mapping[str, str]) -> Iterator[Nursery]:
    """In this environment; whoever lives there still is gone at the end."""
    command = [sys.executable, "-m", "tests.trials.nursery"]
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield Nursery(process)
    finally:
        process.communicate()  # It reads no more wishes, kills whom it has, and ends.


def keep() -> None:
    """Read wishes, until there are no more."""
    from storefront import create_app  # noqa: PLC0415 - whoever only wants a nursery needs none of it
    from storefront.platform import working  # noqa: PLC0415 - as above

    app, worker = create_app(), 0
    for line in sys.stdin:
        worker = _bear(app, working.run) if line == "start\n" else _end(worker, int(line))
        print("done", flush=True)
    if worker:
        _end(worker, signal.SIGKILL)


def _bear(app: Flask, work: Callable[[Flask, Settings], None]) -> int:
    """What `storefront worker` does, in a process of its own that says nothing in its parent's name."""
    if child := os.fork():
        return child
    try:
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        with app.app_context():
            work(app, app.config["SETTINGS"])
    finally:
        os._exit(0)


def _end(worker: int, how: int) -> int:
    os.kill(worker, how)
    os.waitpid(worker, 0)
    return 0


if __name__ == "__main__":
    keep()
