"""Which known word was meant by an unknown one."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word of the lexicon, its stem, how many products use it, and whether any is called by it."""

    word: str
    stem: str
    products: int
    named: bool = True


def meant(typed: str, candidates: Iterable[Candidate]) -> Candidate | None:
    """The nearest of them that is near enough; of equally near ones, the one most products use."""
    near = [(slips(typed, one.word), one) for one in candidates]
    within = [(count, one) for count, one in near if count <= allowed(typed)]
    if not within:
        return None
    # A wrong first letter is rarer than any other slip.
    return min(
        within, key=lambda pair: (pair[0], pair[1].word[:1] != typed[:1], -pair[1].products, pair[1].word)
    )[1]


def allowed(word: str) -> int:
    """How many slips a word of this length may hold before it is another word."""
    return 0 if len(word) < 3 else 1 if len(word) < 6 else 2 if len(word) < 10 else 3


def slips(typed: str, word: str) -> int:
    """Letters too many, too few, wrong, or in the wrong order (Damerau's distance, adjacent swaps only)."""
    before: list[int] = []
    last = list(range(len(word) + 1))
    for row, letter in enumerate(typed, 1):
        now = [row]
        for column, wanted in enumerate(word, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != wanted))
            swapped = row > 1 < column and letter == word[column - 2] and typed[row - 2] == wanted
            now.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, last = last, now
    return last[-1]
