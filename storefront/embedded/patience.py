"""Waiting that can be called off: the first signal ends a start, the second hurries the stop.

A signal only leaves a note here. Raising from its handler could fall between the birth of a child
and the note of its number, and leave an orphan.
"""

import signal
import time
from types import FrameType

TICK = 0.02  # seconds between two looks at something that cannot wake us

_calls: list[int] = []


class CalledOff(BaseException):
    """Somebody asked us to stop; nothing but the top of the program may catch it."""


def listen() -> None:
    """Take note of Ctrl-C, of `kill` and of a terminal that is closed."""
    _calls.clear()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _note)


def pause(seconds: float = TICK) -> None:
    """Wait a moment. Raises CalledOff when we are asked to stop."""
    deadline = time.monotonic() + seconds
    while not _calls and time.monotonic() < deadline:
        time.sleep(TICK)
    if _calls:
        raise CalledOff


def hurried() -> bool:
    """Whether somebody asked twice, and wants no more waiting for an orderly end."""
    return len(_calls) > 1


def _note(number: int, _frame: FrameType | None) -> None:
    _calls.append(number)
