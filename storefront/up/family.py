"""The family of processes: one at a time per data folder, watched, and stopped in good order."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGINT, Signals

from storefront.embedded.child import Child, take
from storefront.embedded.patience import pause
from storefront.embedded.place import data_folder
from storefront.embedded.trouble import Trouble
from storefront.up import say

# In the order in which they are stopped; PostgreSQL's SIGINT rolls back what is open.
STOPPED = ("worker", "web", "demo", "migrate", "valkey", "postgres")
TOO_OFTEN = 6  # ends within a minute: then it will not get better by itself


def child(name: str, var: Path) -> Child:
    """A member of the family of this data folder."""
    return Child(name, var, SIGINT) if name == "postgres" else Child(name, var)


@contextmanager
def alone(var: Path) -> Iterator[None]:
    """Be the only one who runs this data folder. Raises Trouble when somebody else does."""
    me = child("up", var)
    lock = os.open(me.lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not take(lock, patience=1.0):
            raise Trouble(
                f"A shop runs from {var} already (process {me.pid}): stop it first,"
                " or give this one a folder and a port of its own: STOREFRONT_VAR=var2 PORT=8001 make run."
            )
        os.truncate(lock, 0)
        os.write(lock, str(os.getpid()).encode())
        yield
    finally:
        os.close(lock)


def stop_left_behind(var: Path) -> None:
    """Stop whatever an earlier start of this folder left when it was killed."""
    left = [member for name in STOPPED if (member := child(name, var)).running()]
    for member in left:
        with say.step(f"stopping the {member.name} of an earlier start"):
            member.stop()


def stop(var: Path) -> None:
    """Stop the shop of this folder: whoever watches it, then whatever is left."""
    me = child("up", var.absolute())
    if me.running():
        with say.step("stopping the shop"):
            me.send(Signals.SIGTERM)
            if not me.wait_until_gone(60):
                raise Trouble(f"The shop (process {me.pid}) does not stop; end it by hand.")
    with alone(data_folder(var)):
        stop_left_behind(var.absolute())


@dataclass
class Member:
    """A child that should run all the time, and how it is started."""

    start: Callable[[], Child]
    child: Child
    ends: list[float] = field(default_factory=list)

    def revive(self, how: int) -> None:
        """Start it again after it ended. Raises Trouble when that happens too often."""
        now = time.monotonic()
        self.ends = [when for when in self.ends if now - when < 60] + [now]
        if len(self.ends) >= TOO_OFTEN:
            words = (self.child.said() or ["it gave no reason"])[-1].strip()
            raise Trouble(
                f"{self.child.name} ended {TOO_OFTEN} times within a minute: {words}."
                f" Its log is {self.child.log}."
            )
        say.line(f"{self.child.name} ended ({_told(how)}); starting it again.")
        self.child.stop(patience=3.0)  # What it started may still live.
        pause(0.25 * 2 ** (len(self.ends) - 1) - 0.25)
        self.child = self.start()


class Family:
    """All children, in the order of their birth."""

    def __init__(self) -> None:
        self._members: list[Member] = []

    def add(self, start: Callable[[], Child]) -> Child:
        """Start a child that should run until we stop."""
        member = Member(start, start())
        self._members.append(member)
        return member.child

    def watch(self) -> None:
        """Start again what ends, until we are called off."""
        while True:
            for member in self._members:
                member.child.trim_log()
                if (how := member.child.ended()) is not None:
                    member.revive(how)
            pause(0.2)

    def stop(self) -> None:
        """Stop all: first whoever uses the servers, then the servers."""
        order = sorted((m.child for m in self._members), key=lambda one: STOPPED.index(one.name))
        for one in order:
            if one.name in ("worker", "web") and one.running():
                one.send(one.stop_signal)  # Both at once; the loop below waits for each.
        for one in order:
            one.stop()


def _told(how: int) -> str:
    return f"killed by {Signals(-how).name}" if how < 0 else f"exit code {how}"
