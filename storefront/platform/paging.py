"""Where a list goes on: cursors for keyset pagination, readable by us and opaque to everyone else."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime

MAX_CURSOR = 2000  # characters; a title of 200 wide ones fits
MAX_BIGINT = 2**63 - 1

Key = int | str | datetime


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row that was shown: what the list is sorted by, that row's value and its id."""

    sort: str
    value: Key
    id: int

    def __str__(self) -> str:
        value = self.value.isoformat() if isinstance(self.value, datetime) else self.value
        packed = json.dumps([self.sort, value, self.id], ensure_ascii=False, separators=(",", ":"))
        return urlsafe_b64encode(packed.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str, sort: str, kind: type[Key]) -> "Cursor":
        """A cursor somebody sent back, for a list of this sort. Raises ValueError for any other text."""
        if len(text) > MAX_CURSOR or not text.isascii():
            raise ValueError("not a cursor")
        try:
            found = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        except (binascii.Error, UnicodeDecodeError, json.JSONDecodeError, RecursionError):
            raise ValueError("not a cursor") from None
        if not (isinstance(found, list) and len(found) == 3 and found[0] == sort):
            raise ValueError("a cursor of another list")
        cursor = cls(sort, _value(found[1], kind), _whole(found[2]))
        if str(cursor) != text:  # There are endless ways to spell it, and each would be another page.
            raise ValueError("not as we write it")
        return cursor


def _value(found: object, kind: type[Key]) -> Key:
    if kind is int:
        return _whole(found)
    if not isinstance(found, str) or "\0" in found:
        raise ValueError("not a value of this list")
    try:
        found.encode()
    except UnicodeEncodeError:
        raise ValueError("half a character") from None
    if kind is str:
        return found
    moment = datetime.fromisoformat(found)
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment


def _whole(found: object) -> int:
    if isinstance(found, bool) or not isinstance(found, int) or abs(found) > MAX_BIGINT:
        raise ValueError("not a number of this list")
    return found
