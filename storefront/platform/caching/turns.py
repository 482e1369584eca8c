"""One builder for each page: in this process by a lock of its own, across processes by a lock in Valkey.

Without it, everybody who comes while a page is missing builds it: a hundred readers, a hundred builds.
"""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Lock

from redis.commands.core import Script

from storefront.platform.caching.entries import Entry
from storefront.platform.caching.line import Gone, Line

HELD = 4.0  # seconds until somebody else may build: the builder may have been killed
PATIENCE = 5.0  # seconds a reader waits for somebody else's build
GLANCE = 0.02  # seconds between two looks at the lock

# A lock that never ends is none of ours: some rubbish stands in its place.
_TAKE = """
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
if redis.call('PTTL', KEYS[1]) >= 0 then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""
# Only who took it lets it go: a slow builder's lock may be another's by now.
_LET_GO = """
if redis.pcall('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""


@dataclass(slots=True)
class Building:
    """A build that is under way in this process."""

    done: Event = field(default_factory=Event)
    shared: bool = True
    """Whether those who waited may have its page; what is not kept each must build for themselves."""
    waiting: int = 0
    page: Entry | None = None
    """The page, looked up once for all who waited, after the last of them had come."""


class Turns:
    """Who builds which page."""

    def __init__(self, line: Line | None) -> None:
        self._line = line
        self._lock = Lock()
        self._under_way: dict[str, Building] = {}
        if line:
            self._take, self._let_go = map(line.server.register_script, (_TAKE, _LET_GO))

    def join(self, key: str) -> tuple[Building, bool]:
        """The build of a page in this process, and whether it is ours to do."""
        with self._lock:
            found = self._under_way.get(key)
            if found:
                found.waiting += 1
                return found, False
            self._under_way[key] = building = Building()
            return building, True

    def leave(self, key: str, look: Callable[[str], Entry | None]) -> None:
        """Our build is over: whoever waited gets what we find now, or looks again."""
        with self._lock:
            building = self._under_way.pop(key)
        try:
            if building.waiting and building.shared:
                building.page = look(key)
        finally:
            building.done.set()

    @contextmanager
    def alone(self, key: str, until: float) -> Iterator[bool]:
        """Hold the lock of all processes; False when another holds it at the end of our patience.

        While Valkey is away, being alone in this process must do.
        """
        token = secrets.token_hex(8)
        try:
            held = self._wait(key, token, until)
        except Gone:
            yield True
            return
        try:
            yield held
        finally:
            if held:
                with suppress(Gone):
                    self._ask(self._let_go, key, token)

    def _wait(self, key: str, token: str, until: float) -> bool:
        while not self._ask(self._take, key, token, str(int(HELD * 1000))):
            if time.monotonic() >= until:
                return False
            time.sleep(GLANCE)
        return True

    def _ask(self, script: Script, key: str, *arguments: str) -> bool:
        if not self._line:
            raise Gone
        return bool(self._line.ask(lambda _server: script(keys=[f"lock:{key}"], args=list(arguments))))
