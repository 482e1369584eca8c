"""One page of a list that is walked by the keys of its rows, newest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

PAGE = 50
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """Some rows, and the key after which the next ones begin."""

    rows: Sequence[Row]
    next: int | None


def cut(found: Sequence[Row], key: Callable[[Row], int], most: int = PAGE) -> Slice[Row]:
    """What was asked for with a limit of one more than fits: that one only says that there is more."""
    shown = found[:most]
    return Slice(shown, key(shown[-1]) if len(found) > most else None)
