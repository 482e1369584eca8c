"""Passwords: which ones are good enough, and how few are hashed at once, however many come."""

import os
import threading
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from importlib import resources
from typing import TypeVar

from flask_babel import gettext as _

from storefront.platform import guard
from storefront.platform.turnstile import ROOM, TooManyAtOnce

LEAST, MOST = 10, 200
NICENESS = 10  # more than the process has
NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$9h6jdA4hJISQ8p5zzhkj5A$NOfDTnwWE/JIzy+BIYQJrFGajQjnAIpwc0y5+1KHBCk"
"""Compared with where there is no account, so that it takes as long."""
T = TypeVar("T")


class Gate:
    """Lets one in at a time, has a few wait, and refuses the others at once."""

    def __init__(self, room: int) -> None:
        self._places = threading.BoundedSemaphore(room)
        self._desk: tuple[int, ThreadPoolExecutor] | None = None
        self._lock = threading.Lock()

    def through(self, work: Callable[[], T]) -> T:
        """Do the work behind the gate. Raises TooManyAtOnce."""
        with self._place():
            return self._worker().submit(work).result()

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise TooManyAtOnce
        try:
            yield
        finally:
            self._places.release()

    def _worker(self) -> ThreadPoolExecutor:
        """The one thread that hashes, in this process: a fork leaves its parent's behind."""
        with self._lock:
            if self._desk is None or self._desk[0] != os.getpid():
                self._desk = os.getpid(), ThreadPoolExecutor(1, "passwords", initializer=step_back)
            return self._desk[1]


def step_back() -> None:
    """Let others have the processor first: on Linux a thread may be nicer than its process."""
    with suppress(OSError, AttributeError):
        so_far = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), so_far + NICENESS)


gate = Gate(ROOM)


def normal(password: str) -> str:
    """The same for every keyboard that writes the same letters in another way."""
    return unicodedata.normalize("NFKC", password)


def objection(password: str) -> str | None:
    """Why a password is not good enough; length is all that counts, and that few others use it."""
    typed = normal(password)
    if len(typed) < LEAST:
        return _("Please use at least %(least)s characters.", least=LEAST)
    if len(typed) > MOST:
        return _("Please use at most %(most)s characters.", most=MOST)
    if typed.casefold() in commonest() or len(set(typed)) < 3:
        return _("This password is one of the first that a thief tries. Please choose another one.")
    return None


def hashed(password: str) -> str:
    """What is kept of a password. Raises TooManyAtOnce."""
    hashing = guard.hashing()
    return str(gate.through(lambda: hashing.hash(normal(password))))


def matches(password: str, kept: str | None) -> bool:
    """Whether it is this one; without any it takes as long to say no. Raises TooManyAtOnce."""
    hashing, typed = guard.hashing(), normal(password)[: MOST + 1]
    return bool(gate.through(lambda: hashing.verify(typed, kept or NOBODYS))) and kept is not None


def outdated(kept: str) -> bool:
    """Whether it was hashed in a way that is too weak by now."""
    return bool(guard.hashing().needs_update(kept))


@cache
def commonest() -> frozenset[str]:
    """Those of ten characters and more among the 30,000 that were found most often in what was stolen."""
    return frozenset(resources.files(__package__).joinpath("commonest.txt").read_text("utf-8").split())
