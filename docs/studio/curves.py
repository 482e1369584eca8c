"""Lines in the plane and in the room, through a few given places."""

from collections.abc import Sequence

import numpy as np

from studio.mesh import Floats

Places = Sequence[Sequence[float]]


def smooth(places: Places, count: int = 200, *, closed: bool = False) -> Floats:
    """A smooth line through all places (centripetal enough for pots), evenly spaced."""
    knots = np.array(places, np.float64)
    if closed:
        knots = np.vstack([knots[-1], knots, knots[:2]])
    else:
        knots = np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]])
    t = np.linspace(0, 1, 40, endpoint=False)[:, None]
    pieces = []
    for before, start, end, after in zip(knots, knots[1:], knots[2:], knots[3:], strict=False):
        inward, outward = (end - before) / 2, (after - start) / 2
        bend, twist = 3 * (end - start) - 2 * inward - outward, 2 * (start - end) + inward + outward
        pieces.append(start + inward * t + bend * t**2 + twist * t**3)
    return even(np.vstack([*pieces, knots[-2]]), count)


def even(line: Floats, count: int) -> Floats:
    """The same line with its points at equal distances."""
    steps = np.sqrt((np.diff(line, axis=0) ** 2).sum(-1))
    far = np.concatenate([[0], np.cumsum(steps)])
    wanted = np.linspace(0, far[-1], count)
    return np.stack([np.interp(wanted, far, column) for column in line.T], -1).astype(np.float32)


def walled(outer: Floats, wall: float) -> Floats:
    """The outline of a vessel: up its outside, over a round lip, and down its inside to the axis."""
    ahead = np.gradient(outer, axis=0)
    ahead /= np.maximum(np.hypot(ahead[:, 0], ahead[:, 1])[:, None], 1e-9)
    inward = np.stack([-ahead[:, 1], ahead[:, 0]], -1)
    inner = outer + inward * wall
    inner = inner[(inner[:, 0] > wall * 0.5) & (inner[:, 1] > outer[:, 1].min() + wall * 0.8)]
    middle, turn = outer[-1] + inward[-1] * wall / 2, np.linspace(0, np.pi, 9)[1:-1, None]
    lip = middle - inward[-1] * np.cos(turn) * wall / 2 + ahead[-1] * np.sin(turn) * wall / 2
    bottom = np.array([[0, inner[0, 1]]])
    return np.vstack([outer, lip, inner[::-1], bottom]).astype(np.float32)


def rounded(width: float, depth: float, radius: float, count: int = 240) -> Floats:
    """A rectangle with round corners, about the origin, anticlockwise."""
    corner = np.linspace(0, np.pi / 2, 24)
    pieces = []
    for turn, (x, z) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        angle = corner + turn * np.pi / 2
        centre = np.array([x * (width / 2 - radius), z * (depth / 2 - radius)])
        pieces.append(centre + radius * np.stack([np.cos(angle), np.sin(angle)], -1))
    line = np.vstack([*pieces, pieces[0][:1]])
    return even(line, count + 1)[:-1]


def oval(width: float, depth: float, count: int = 240) -> Floats:
    """An ellipse about the origin, anticlockwise."""
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.stack([np.cos(angle) * width / 2, np.sin(angle) * depth / 2], -1).astype(np.float32)
