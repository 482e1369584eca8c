"""Questions about kept pages: how they came, and which there are."""

from collections import Counter
from dataclasses import dataclass

import redis

from storefront.platform import cache
from storefront.platform.caching import tally


@dataclass(frozen=True, slots=True)
class Kept:
    """How public pages came since Valkey began, and how many of each kind are kept right now."""

    hits: int
    old: int
    built: int
    waits: int
    kinds: dict[str, int]

    @property
    def asked(self) -> int:
        """How often a public page was asked for."""
        return self.hits + self.built

    @property
    def share(self) -> float:
        """Of those, how many needed nobody to build them."""
        return self.hits / self.asked if self.asked else 0.0


def kept() -> Kept | None:
    """What Valkey knows of; None while there is none, or it does not answer."""
    server = cache.valkey()
    if server is None:
        return None
    try:
        sums, kinds = Counter(tally.sums(server)), tally.kinds(server)
    except redis.RedisError:
        return None
    hits, built = sums["hit"] + sums["old"], sums["built"] + sums["passed"]
    return Kept(hits, sums["old"], built, sums["waits"], kinds)
