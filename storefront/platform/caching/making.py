"""Let the application build a page for nobody in particular, and make of it what can be kept."""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from storefront.config import Settings
from storefront.platform import clock
from storefront.platform.caching.addresses import Wanted
from storefront.platform.caching.entries import IDENTITY, Entry, compressed, etag_of
from storefront.platform.caching.policies import Build
from storefront.platform.caching.shelf import Start

log = logging.getLogger(__name__)
PERSONAL = "private, no-cache"
OF_THE_REQUEST = {"content-length", "date", "etag", "server-timing", "x-request-id", "x-response-time"}
"""What is said anew each time a page is sent."""
OF_THE_READER = {"ratelimit"}
"""What is said to one reader alone: how much more may be asked for."""


@dataclass(frozen=True, slots=True)
class Made:
    """A page, and whether it may be kept."""

    entry: Entry
    kept: bool

    @property
    def personal(self) -> bool:
        """Whether it was refused to this reader alone, who comes too often."""
        return self.entry.status.startswith("429")


def make(application: Any, wanted: Wanted, start: Start, settings: Settings, *, behind: bool = False) -> Made:
    """Have it built, and measure how long that takes."""
    build = Build(nowhere=wanted.nowhere, behind=behind)
    before = time.perf_counter()
    status, headers, body, etag = _run(application, wanted.asked(build))
    cost = time.perf_counter() - before
    said = {name.lower(): value for name, value in headers}
    personal = "set-cookie" in said or "cookie" in said.get("vary", "").lower()
    if personal:
        log.error("a page that is kept for everybody depends on who asks: %s", wanted.endpoint)
    kept = build.kept and status.startswith("404" if wanted.nowhere else "200") and not personal
    now = clock.now().timestamp()
    fresh_until = now + min(getattr(settings, f"cache_{wanted.policy.kind}"), settings.redis_cache_ttl)
    entry = Entry(
        kind=wanted.policy.kind,
        route=wanted.endpoint,
        status=status,
        headers=tuple(_public(headers, wanted, settings) if kept else headers),
        tags=tuple(sorted(build.tags)),
        began=start.number,
        cost=cost,
        fresh_until=fresh_until,
        good_until=fresh_until + settings.cache_stale,
        etag=(etag or etag_of(body)) if status.startswith("200") else "",
        bodies=compressed(body, said.get("content-type", "")) if kept else {IDENTITY: body},
    )
    return Made(entry, kept)


def _run(application: Any, environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]], bytes, str]:
    """One request, answered whole; with the name that the view itself gave these bytes, if it did."""
    said: list[tuple[str, list[tuple[str, str]]]] = []
    answer: Iterable[bytes] = application(environ, lambda status, headers, *_: said.append((status, headers)))
    try:
        body = b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
    status, headers = said[0]
    etag = next((value.strip('"') for name, value in headers if name == "ETag"), "")
    return status, [one for one in headers if one[0].lower() not in OF_THE_REQUEST], body, etag


def _public(headers: list[tuple[str, str]], wanted: Wanted, settings: Settings) -> list[tuple[str, str]]:
    """A whole page may be kept by whoever stands between; a region is for the page that asked for it."""
    shared = (
        f"public, max-age=0, s-maxage={settings.cache_shared}, stale-while-revalidate={settings.cache_stale}"
    )
    told = PERSONAL if wanted.partial else shared
    vary = ", ".join(
        dict.fromkeys([*(v for n, v in headers if n == "Vary" for v in v.split(", ")), "Accept-Encoding"])
    )
    kept = [
        one
        for one in headers
        if one[0] != "Vary" and one != ("Cache-Control", PERSONAL) and one[0].lower() not in OF_THE_READER
    ]
    if ("Cache-Control", PERSONAL) in headers:
        kept.append(("Cache-Control", told))
    return [*kept, ("Vary", vary)]
