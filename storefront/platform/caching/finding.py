"""Find a page: kept, or built by us, or by whoever builds it already."""

import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from storefront.config import Settings
from storefront.platform import clock, metrics
from storefront.platform.caching.addresses import Wanted
from storefront.platform.caching.astray import Astray
from storefront.platform.caching.behind import Behind
from storefront.platform.caching.entries import Entry
from storefront.platform.caching.making import Made, make
from storefront.platform.caching.shelf import Shelf
from storefront.platform.caching.tally import Tally
from storefront.platform.caching.turns import GLANCE, PATIENCE, Building, Turns

HIT, STALE, MISS, BYPASS = "hit", "hit; detail=stale", "fwd=miss; stored", "fwd=bypass"
COUNTED = {HIT: "hit", STALE: "old", MISS: "built", BYPASS: "passed"}
Inside = Callable[..., Any]


class Finder:
    """Pages of one application, in this process."""

    def __init__(self, app: Flask, inside: Inside, shelf: Shelf, turns: Turns, tally: Tally) -> None:
        self._app = app
        self._inside = inside
        self._shelf = shelf
        self._turns = turns
        self.tally = tally
        self._behind = Behind()
        self._astray = app.extensions["astray"] = Astray()

    def find(self, wanted: Wanted) -> tuple[Entry, str]:
        """The page, and how it came."""
        entry, how = self._find(wanted)
        self.tally.add(COUNTED[how])
        return entry, how

    def _find(self, wanted: Wanted) -> tuple[Entry, str]:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if entry := self._shelf.get(wanted.key):
                return entry, self._of_age(entry, wanted)
            if self._leads_nowhere(wanted):
                wanted = wanted.nothing
                continue
            building, ours = self._turns.join(wanted.key)
            if not ours:
                if not self._wait(building, until):
                    break
                if building.page:
                    return building.page, HIT
                continue
            try:
                if made := self._build(wanted, until):
                    building.shared = made.kept or made.personal
                    return made.entry, MISS if made.kept else BYPASS
            finally:
                self._turns.leave(wanted.key, self._shelf.get)
        return self._make(wanted, keep=False).entry, BYPASS

    def _wait(self, building: Building, until: float) -> bool:
        """Whether somebody else's build ended in time, with a page for all."""
        before = time.monotonic()
        done = building.done.wait(until - before)
        self._count_wait(time.monotonic() - before)
        return done and building.shared

    def _count_wait(self, seconds: float) -> None:
        metrics.lock_waits.inc()
        metrics.lock_seconds.inc(seconds)
        self.tally.add("waits")
        self.tally.add("waited_ms", int(seconds * 1000))

    def _build(self, wanted: Wanted, until: float) -> Made | None:
        """Build it alone among all processes, unless another has built it meanwhile."""
        before = time.monotonic()
        with self._turns.alone(wanted.key, until) as alone:
            if (waited := time.monotonic() - before) > GLANCE:
                self._count_wait(waited)
            return self._make(wanted) if alone and not self._shelf.get(wanted.key) else None

    def _make(self, wanted: Wanted, *, keep: bool = True, behind: bool = False) -> Made:
        settings: Settings = self._app.config["SETTINGS"]
        start = self._shelf.begin()
        made = make(self._inside, wanted, start, settings, behind=behind)
        if keep and made.kept:
            self._shelf.put(wanted.key, made.entry, start)
        elif made.entry.status.startswith("404"):
            self._astray.note(wanted.endpoint)
        return made

    def _leads_nowhere(self, wanted: Wanted) -> bool:
        if wanted.nowhere or wanted.policy.known is None or not self._astray.many(wanted.endpoint):
            return False
        try:
            with self._app.app_context():
                return not wanted.policy.known(wanted.values)
        except SQLAlchemyError:
            return False

    def _of_age(self, entry: Entry, wanted: Wanted) -> str:
        """What to say of a kept page; one that should be built anew is, behind the reader's back."""
        now = clock.now().timestamp()
        if entry.is_due(now):
            self._behind.do(wanted.key, lambda: self._renew(wanted, entry))
        return HIT if now < entry.fresh_until else STALE

    def _renew(self, wanted: Wanted, old: Entry) -> None:
        """Build it anew, unless another process does, or has done so since the old one was found."""
        with self._turns.alone(wanted.key, 0) as alone:
            kept = self._shelf.get(wanted.key) if alone else None
            if alone and not (kept and kept.fresh_until > old.fresh_until):
                self._make(wanted, behind=True)
