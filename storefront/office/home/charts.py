"""Figures as bars: where each stands in a drawing, from the server, without a script."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, GAP = 600, 160, 0.25
"""Of the drawing, in its own units, and which part of a step is left empty."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure; what is not nothing can be seen."""

    x: float
    y: float
    width: float
    height: float


def bars(values: Sequence[int]) -> list[Bar]:
    """A bar for each value, the highest as high as the drawing."""
    step, most = WIDTH / max(len(values), 1), max([*values, 1])
    drawn = []
    for number, value in enumerate(values):
        height = max(HEIGHT * value / most, 2 if value > 0 else 0)
        width = step * (1 - GAP)
        x = number * step + step * GAP / 2
        drawn.append(Bar(round(x, 1), round(HEIGHT - height, 1), round(width, 1), round(height, 1)))
    return drawn
