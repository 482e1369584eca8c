"""Texts in which what was found is marked."""

import re

START, STOP = "\ue000", "\ue001"
"""Letters that no text of a merchant has; they never reach a page."""
_MARKS = re.compile(f"{START}([^{START}{STOP}]*){STOP}")
Pieces = tuple[tuple[str, bool], ...]
"""A text in parts, and of each whether it is marked."""


def pieces(marked: str) -> Pieces:
    """The parts of a text that PostgreSQL marked."""
    parts = _MARKS.split(marked.strip())
    told = ((part.translate(_LEFT_OVER), place % 2 == 1) for place, part in enumerate(parts))
    return tuple((part, is_marked) for part, is_marked in told if part)


_LEFT_OVER = {ord(START): None, ord(STOP): None}
