"""A sentence that is always true of the database, and the SQL that finds where it is not."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Invariant:
    """`checked` counts the rows it speaks of; `broken` selects those of which it is not true."""

    code: str
    sentence: str
    checked: str
    broken: str


def rows(moves: Iterable[tuple[str, str]]) -> str:
    """A state table as SQL's VALUES list."""
    return ", ".join(f"('{before}', '{after}')" for before, after in sorted(moves))


# A worker that is alive says so every few seconds.
WORKER_IS_WELL = (
    "EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute')"
)
