"""What keeps other things, and what hangs on the wall."""

from dataclasses import replace

import numpy as np

from studio.curves import oval, smooth
from studio.materials import Glazed, Material, Wood
from studio.mesh import Floats, Form, Part, moved, normals_of, sheet, turned
from studio.shapes import block, revolved, slab, tube

WILLOW = Material("willow", gloss=0.15, rough=0.5, mottle=0.42, fine=7)
STAKES = 34
ROUNDS = 19


def willow_basket() -> Form:
    """A round basket, woven before and behind its stakes, with a handle."""
    parts = [_weaver(row) for row in range(ROUNDS)]
    for number in range(STAKES):
        angle = number * 2 * np.pi / STAKES
        height = np.linspace(0.0, 0.78, 30)
        radius = _girth(height)
        stake = np.stack([radius * np.cos(angle), height + 0.03, radius * np.sin(angle)], -1)
        parts.append(tube(stake, 0.017, WILLOW, sides=8))
    parts += [_plait(0.81, 0.02, turn) for turn in (0, 1, 2)]
    parts.append(revolved(np.array([(0, 0.03), (_girth(0.03), 0.03)], np.float32), WILLOW))
    for turn in (0, 1, 2):
        way = np.linspace(0, np.pi, 200)
        twist = way * 13 + turn * 2 * np.pi / 3
        reach, rise = 0.70 - 0.05 * np.sin(way), 0.52 + 0.88 * np.sin(way)
        arch = np.stack(
            [np.cos(way) * reach + 0.024 * np.cos(twist) * np.cos(way), rise, 0.026 * np.sin(twist)], -1
        )
        arch[:, 1] += 0.024 * np.cos(twist) * np.sin(way)
        parts.append(tube(arch, 0.027, WILLOW, sides=10))
    return turned(parts, 32)


def _girth(height: Floats | float) -> Floats:
    return 0.56 + 0.17 * np.sin(np.clip(np.asarray(height, np.float32) / 0.82, 0, 1) * 1.9)


def _weaver(row: int) -> Part:
    angle = np.linspace(0, 2 * np.pi, 361) + row
    height = 0.05 + 0.0405 * row
    radius = _girth(height) + 0.026 * np.cos(angle * STAKES / 2 + np.pi * (row % 2))
    lift = height + 0.008 * np.sin(angle * 3 + row)
    path = np.stack([radius * np.cos(angle), lift, radius * np.sin(angle)], -1)
    return tube(path, 0.0215, WILLOW, sides=10)


def _plait(height: float, thick: float, turn: int) -> Part:
    angle = np.linspace(0, 2 * np.pi, 721)
    twist = angle * 26 + turn * 2 * np.pi / 3
    radius = _girth(height) + 0.026 * np.cos(twist)
    path = np.stack([radius * np.cos(angle), height + 0.026 * np.sin(twist), radius * np.sin(angle)], -1)
    return tube(path, thick, WILLOW, sides=8)


def nesting_boxes() -> Form:
    """Three oval boxes of bent cherry, the smallest on top."""
    parts: Form = []
    base = 0.0
    for number, (width, height) in enumerate(((1.5, 0.50), (1.2, 0.42), (0.92, 0.34))):
        parts += moved(turned(_box(width, height, number), 4 - 9 * number), y=base, x=-0.02 * number)
        base += height + 0.025
    return turned(parts, 20)


def _box(width: float, height: float, number: int) -> Form:
    depth = width * 0.68
    wood = Wood(along="x", seed=50 + number, rings=6)
    side = slab(oval(width, depth), height, 0.012, wood)
    lid = slab(
        oval(width + 0.045, depth + 0.045), height * 0.30, 0.016, Wood(along="x", seed=60 + number, rings=6)
    )
    parts = [side, lid.moved(y=height * 0.70 + 0.025)]
    copper = Material("copper", gloss=0.5, metal=0.7, rough=0.2)
    for finger, low in enumerate((0.16, 0.38, 0.58)):
        angle = np.pi / 2 - 0.32 - 0.09 * (finger % 2)
        place = np.cos(angle) * width / 2, height * low, np.sin(angle) * depth / 2
        stud = revolved(
            smooth([(0, -0.012), (0.024, -0.008), (0.028, 0.002), (0.018, 0.012), (0, 0.012)], 20), copper, 24
        )
        parts.append(stud.turned(90, "x").moved(*place))
    return parts


def peg_rail() -> Form:
    """A rail of ash with three turned pegs, as it hangs on a wall, seen from the front."""
    board = slab(_bevelled(1.56, 0.32), 0.11, 0.025, Wood(along="x", seed=71, rings=10))
    peg = smooth(
        [
            (0, 0.10),
            (0.055, 0.10),
            (0.048, 0.2),
            (0.046, 0.30),
            (0.06, 0.36),
            (0.092, 0.41),
            (0.092, 0.45),
            (0.06, 0.475),
            (0, 0.48),
        ]
    )
    pegs = [
        revolved(peg, Wood(along="y", seed=80 + n), 60).turned(9, "x").moved(x=x, z=-0.02)
        for n, x in enumerate((-0.55, 0, 0.55))
    ]
    return [board, *pegs, *_hanging_towel()]


def _bevelled(width: float, depth: float) -> Floats:
    corners = np.array(
        [(width / 2, depth / 2), (-width / 2, depth / 2), (-width / 2, -depth / 2), (width / 2, -depth / 2)]
    )
    sides = [
        np.linspace(one, other, 60, endpoint=False)
        for one, other in zip(corners, np.roll(corners, -1, 0), strict=True)
    ]
    return np.vstack(sides).astype(np.float32)


def _hanging_towel() -> Form:
    """A cloth on the first peg, gathered at its loop and falling in folds towards the viewer's feet."""
    cloth = Material("cloth", rough=0.9, mottle=0.06, fine=14)
    down, over = np.meshgrid(np.linspace(0, 1, 260), np.linspace(-1, 1, 200), indexing="ij")
    spread = 0.03 + 0.36 * np.clip(down * 1.25, 0, 1) ** 0.55
    fold = 0.075 * np.sin(over * 8.5 + 0.5 + 0.5 * down) * np.clip(down * 3, 0.1, 1) + 0.02 * np.sin(
        over * 19 + 2
    )
    x = -0.55 + over * spread + 0.015 * np.sin(down * 5)
    y = 0.25 + fold * 0.9 - 0.06 * down
    z = 0.02 + down * (1.42 + 0.10 * np.abs(over) ** 2)
    return [sheet(np.stack([x, y, z], -1).astype(np.float32), cloth)]


def hand_cut_tiles() -> Form:
    """Twelve tiles laid out, none quite like the next."""
    rng = np.random.default_rng(12)
    parts: Form = []
    for row in range(4):
        for column in range(3):
            tone = 1 + rng.uniform(-0.16, 0.16)
            glaze = Glazed(
                dip=-1, seed=90 + row * 3 + column, speckle=0.4, ripple=0.16, tone=tone, rough=0.16
            )
            tile = [_pillowed(side) for side in block(0.56, 0.075, 0.56, 0.022, glaze)]
            tile = turned(turned(tile, rng.uniform(-1.6, 1.6)), rng.uniform(-2.2, 2.2), "x")
            parts += moved(
                tile, x=(column - 1) * 0.60 + rng.uniform(-0.008, 0.008), y=0.004, z=(row - 1.5) * 0.60
            )
    return parts


def _pillowed(part: Part) -> Part:
    """Higher in the middle than at its edges, as wet clay dries."""
    x, _, z = part.points.T
    swell = (
        np.clip(1 - (x / 0.28) ** 2, 0, 1) * np.clip(1 - (z / 0.28) ** 2, 0, 1) * (part.points[:, 1] > 0.05)
    )
    points = part.points + np.array([0, 0.03, 0], np.float32) * swell[:, None]
    points = points.astype(np.float32)
    return replace(part, points=points, normals=normals_of(points, part.faces))
