"""What helps in the kitchen."""

from dataclasses import replace

import numpy as np

from studio.curves import oval, rounded, smooth, walled
from studio.materials import Glazed, Material, Wood
from studio.mesh import Floats, Form, Part, moved, normals_of, turned
from studio.shapes import revolved, slab, tube, vessel

CANE = Material("cane", gloss=0.2, rough=0.4, mottle=0.25, fine=20)
LEATHER = Material("leather", gloss=0.2, rough=0.5, mottle=0.2, fine=18)


def slow_teapot() -> Form:
    """A round pot with a short spout, a lid and a handle of cane above it all."""
    glaze = Glazed(dip=0.13, lip=9, seed=5, wave=0.015)
    outer = smooth([(0, 0), (0.3, 0), (0.37, 0.03), (0.56, 0.28), (0.55, 0.48), (0.38, 0.66), (0.24, 0.71)])
    lid = smooth(
        [
            (0, 0.70),
            (0.22, 0.70),
            (0.265, 0.72),
            (0.25, 0.75),
            (0.12, 0.79),
            (0.05, 0.82),
            (0.05, 0.85),
            (0.085, 0.90),
            (0.06, 0.945),
            (0, 0.955),
        ]
    )
    spout = smooth([(0.42, 0.30, 0), (0.60, 0.40, 0), (0.72, 0.56, 0), (0.80, 0.68, 0), (0.86, 0.71, 0)], 50)
    parts = [*vessel(outer, 0.03, glaze), revolved(lid, glaze)]
    parts.append(tube(spout, np.linspace(0.15, 0.058, 50), glaze))
    mouth = revolved(np.array([(0, 0.047), (0.036, 0.047)], np.float32), Material("soil"), 40)
    parts.append(mouth.turned(-62, "z").moved(0.86, 0.71))
    arch = smooth(
        [
            (0.40, 0.66, 0),
            (0.44, 0.92, 0),
            (0.28, 1.2, 0),
            (0, 1.3, 0),
            (-0.28, 1.2, 0),
            (-0.44, 0.92, 0),
            (-0.40, 0.66, 0),
        ],
        120,
    )
    parts.append(tube(arch, 0.034, CANE))
    for side in (-1, 1):
        lug = np.array([(side * 0.40, 0.60, -0.07), (side * 0.42, 0.69, 0), (side * 0.40, 0.60, 0.07)])
        parts.append(tube(smooth(lug, 30), 0.03, glaze, sides=14))
    return turned(parts, -24)


def pouring_jug() -> Form:
    """A tall jug whose lip was pulled out with one finger."""
    glaze = Glazed(dip=0.30, lip=1.13, seed=8, wave=0.025)
    outer = smooth([(0, 0), (0.3, 0), (0.36, 0.03), (0.43, 0.28), (0.38, 0.6), (0.27, 0.9), (0.30, 1.15)])
    body = [_spouted(part) for part in vessel(outer, 0.028, glaze)]
    ear = smooth(
        [
            (-0.25, 1.02, 0),
            (-0.42, 1.12, 0),
            (-0.6, 1.0, 0),
            (-0.62, 0.72, 0),
            (-0.5, 0.46, 0),
            (-0.37, 0.40, 0),
        ],
        80,
    )
    return turned([*body, tube(ear, np.linspace(0.055, 0.042, 80), glaze, flat=0.6, wide=1.25)], 22)


def _spouted(part: Part) -> Part:
    x, y, z = part.points.T
    near = np.exp(-((np.arctan2(z, x) / 0.42) ** 2)) * np.clip((y - 0.86) / 0.29, 0, 1) ** 1.6
    near *= np.hypot(x, z) > 0.1
    points = np.stack([x + near * 0.17, y + near * 0.05, z * (1 - 0.30 * near)], -1).astype(np.float32)
    return replace(part, points=points, normals=normals_of(points, part.faces))


def salt_cellar() -> Form:
    """A squat jar under a lid of ash, with a spoon beside it."""
    wood = Wood(along="x", seed=3)
    outer = smooth([(0, 0), (0.36, 0), (0.42, 0.03), (0.46, 0.2), (0.43, 0.42), (0.4, 0.46)])
    lid = smooth(
        [
            (0, 0.455),
            (0.40, 0.455),
            (0.445, 0.47),
            (0.445, 0.51),
            (0.41, 0.53),
            (0.1, 0.545),
            (0.06, 0.57),
            (0.055, 0.61),
            (0.1, 0.65),
            (0.09, 0.69),
            (0, 0.71),
        ]
    )
    parts = [*vessel(outer, 0.03, Glazed(dip=0.12, lip=9, seed=7)), revolved(lid, wood)]
    return parts + moved(turned(_spoon(wood), 38), x=0.30, z=0.62)


def _spoon(wood: Wood) -> Form:
    stem = smooth([(-0.42, 0.035, 0), (0, 0.05, 0), (0.22, 0.06, 0)], 40)
    bowl = [(0, 0), (0.06, 0.004), (0.105, 0.03), (0.118, 0.065)]
    dish = revolved(walled(smooth(bowl, 60), 0.016), wood, sides=60)
    return [tube(stem, np.linspace(0.024, 0.03, 40), wood, sides=16), dish.moved(x=0.31)]


def bread_board() -> Form:
    """A board of oak with a hole and a loop to hang it by."""
    outline = rounded(1.9, 1.16, 0.16, 320)
    hole = oval(0.13, 0.13, 320) + np.array([0.78, 0], np.float32)
    board = slab(outline, 0.09, 0.03, Wood(along="x", seed=11, rings=7), _matched(hole, outline))
    loop = smooth(
        [
            (0.78, -0.02, 0.0),
            (0.80, 0.105, 0.03),
            (0.98, 0.10, 0.09),
            (1.16, 0.02, 0.08),
            (1.22, 0.02, 0.0),
            (1.16, 0.02, -0.08),
            (0.98, 0.10, -0.07),
            (0.81, 0.105, -0.02),
            (0.78, -0.02, 0.0),
        ],
        120,
    )
    return turned([board, tube(loop, 0.014, LEATHER, sides=12)], 62)


def _matched(hole: Floats, outline: Floats) -> Floats:
    """The hole's points, each in the direction of its partner of the outline."""
    middle, radius = hole.mean(0), np.linalg.norm(hole[0] - hole.mean(0))
    way = outline - middle
    return middle + way / np.linalg.norm(way, axis=1, keepdims=True) * radius
