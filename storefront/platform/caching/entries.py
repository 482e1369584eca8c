"""A page as it is kept: its answer, its bodies compressed ahead, what it tells of, how long it is good."""

import gzip
import hashlib
import json
import math
import random
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import brotli

MAGIC = b"page1"
HEAD = 9  # bytes: the length of what is said of the bodies, and a sum over everything
IDENTITY, GZIP, BROTLI = "", "gzip", "br"
TEXTS = ("text/", "application/")
LEAST = 400  # bytes; less is not worth compressing


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer that is the same for everybody.

    `route` is the view that made it, `began` the number of the last change before it was built, `cost` the
    seconds that took; `fresh_until` is when it should be built anew, until `good_until` it may be shown
    meanwhile.
    """

    kind: str
    route: str
    status: str
    headers: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    began: int
    cost: float
    fresh_until: float
    good_until: float
    etag: str
    bodies: Mapping[str, bytes]
    """By their encoding."""

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values()))

    def is_due(self, now: float) -> bool:
        """Whether somebody should build it anew: surely when its time is over, perhaps a little before.

        The slower it is to build, the earlier; and as each reader rolls dice, one of many begins before
        the time is over for all (XFetch: Vattani, Chierichetti, Lowenstein, "Optimal Probabilistic Cache
        Stampede Prevention", VLDB 2015).
        """
        ahead = -self.cost * math.log(1 - random.random())  # noqa: S311 - dice, not a secret
        return now + ahead >= self.fresh_until

    def pack(self) -> bytes:
        """As bytes, which `unpack` knows again."""
        said = asdict(self) | {"bodies": {name: len(body) for name, body in self.bodies.items()}}
        rest = json.dumps(said, separators=(",", ":")).encode()
        whole = len(rest).to_bytes(4) + rest + b"".join(self.bodies.values())
        return MAGIC + zlib.crc32(whole).to_bytes(4) + whole


def unpack(packed: bytes) -> Entry | None:
    """The page in these bytes; None when they are anything else."""
    whole = packed[len(MAGIC) + 4 :]
    if not packed.startswith(MAGIC) or packed[len(MAGIC) :][:4] != zlib.crc32(whole).to_bytes(4):
        return None
    start = 4 + int.from_bytes(whole[:4])
    said: dict[str, Any] = json.loads(whole[4:start])
    bodies = {}
    for name, length in said["bodies"].items():
        bodies[name] = whole[start : start + length]
        start += length
    headers = tuple((name, value) for name, value in said["headers"])
    return Entry(**said | {"headers": headers, "tags": tuple(said["tags"]), "bodies": bodies})


def compressed(body: bytes, mimetype: str) -> dict[str, bytes]:
    """A body in every encoding that is worth its bytes."""
    if len(body) < LEAST or not mimetype.startswith(TEXTS):
        return {IDENTITY: body}
    return {
        IDENTITY: body,
        GZIP: gzip.compress(body, 6, mtime=0),
        BROTLI: brotli.compress(body, quality=5, mode=brotli.MODE_TEXT),
    }


def etag_of(body: bytes) -> str:
    """A name for exactly these bytes."""
    return hashlib.sha256(body).hexdigest()[:24]
