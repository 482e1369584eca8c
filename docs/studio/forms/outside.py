"""More of what lives outside."""

import numpy as np

from studio.curves import even, smooth
from studio.materials import Cloth, Glazed, Material, Wood
from studio.mesh import Form, grounded, moved, turned
from studio.shapes import leaf, revolved, slab, tube, vessel

STEEL = Material("steel", gloss=0.5, metal=0.75, rough=0.22, mottle=0.06, fine=6)
LEAF = Material("leaf", gloss=0.35, rough=0.4, mottle=0.22, fine=4)
DARK = Material("soil", rough=0.9, mottle=0.2)


def bird_house() -> Form:
    """A little house of cedar with a steep roof, a round door and a perch."""
    corners = np.array([(-0.34, 0), (0.34, 0), (0.34, 0.62), (0, 0.98), (-0.34, 0.62)])[::-1]
    sides = [
        np.linspace(a, b, 50, endpoint=False) for a, b in zip(corners, np.roll(corners, -1, 0), strict=True)
    ]
    gable = np.vstack(sides).astype(np.float32)
    front = turned([slab(gable, 0.62, 0.015, Wood(along="z", seed=91, rings=8))], -90, "x")
    body = moved(grounded(front), y=0.05, z=0.31 if _middle(front) < 0 else -0.31)
    parts: Form = [*body]
    for side in (-1, 1):
        line = np.array([(-0.31, -0.40), (0.31, -0.40), (0.31, 0.40), (-0.31, 0.40)])[::-1]
        edge = np.vstack(
            [np.linspace(a, b, 40, endpoint=False) for a, b in zip(line, np.roll(line, -1, 0), strict=True)]
        )
        board = slab(edge.astype(np.float32), 0.05, 0.012, Wood("roof", along="z", seed=93 + side))
        parts += moved(turned([board], -side * 46.6, "z"), x=side * 0.21, y=0.81)
    floor = np.array([(-0.40, -0.36), (0.40, -0.36), (0.40, 0.40), (-0.40, 0.40)])[::-1]
    base = np.vstack(
        [np.linspace(a, b, 40, endpoint=False) for a, b in zip(floor, np.roll(floor, -1, 0), strict=True)]
    )
    parts.append(slab(base.astype(np.float32), 0.05, 0.012, Wood(along="x", seed=96)))
    door = (
        revolved(np.array([(0, 0.002), (0.115, 0.002)], np.float32), DARK, 60)
        .turned(90, "x")
        .moved(0, 0.56, 0.315)
    )
    ring = smooth([(0.11, 0.0), (0.135, 0.0), (0.135, 0.02), (0.11, 0.02)], 30)
    parts += [
        door,
        revolved(ring, Material("brass", gloss=0.5, metal=0.7, rough=0.25), 60)
        .turned(90, "x")
        .moved(0, 0.56, 0.305),
    ]
    perch = tube(
        np.array([(0, 0.34, 0.29), (0, 0.345, 0.40), (0, 0.35, 0.50)], np.float32),
        0.026,
        Wood(along="z", seed=97),
    )
    wire = smooth([(0, 1.02, 0.1), (0, 1.18, 0.05), (0, 1.26, -0.06), (0, 1.18, -0.16), (0, 1.02, -0.18)], 50)
    return turned([*parts, perch, tube(wire, 0.012, STEEL, sides=10)], 30)


def _middle(form: Form) -> float:
    return float(np.vstack([part.points for part in form])[:, 2].mean())


def hanging_garden() -> Form:
    """A bowl in three cords, with a plant that lets its stems fall."""
    outer = smooth([(0, 0.62), (0.16, 0.62), (0.34, 0.72), (0.44, 0.92), (0.45, 1.04)])
    parts: Form = vessel(outer, 0.028, Glazed(dip=0.74, lip=1.03, seed=98))
    parts.append(revolved(np.array([(0, 0.98), (0.43, 0.97)], np.float32), DARK))
    cord = Material("twine", rough=0.7, mottle=0.3, fine=40)
    for turn in (0.4, 2.5, 4.6):
        x, z = 0.445 * np.cos(turn), 0.445 * np.sin(turn)
        way = smooth(
            [
                (x * 0.75, 0.72, z * 0.75),
                (x * 1.02, 0.9, z * 1.02),
                (x * 1.03, 1.05, z * 1.03),
                (x * 0.5, 1.75, z * 0.5),
                (0, 2.42, 0),
            ],
            80,
        )
        parts.append(tube(way, 0.014, cord, sides=8))
    parts.append(tube(np.array([(0, 2.4, 0), (0, 2.7, 0), (0, 3.6, 0)], np.float32), 0.016, cord, sides=8))
    rng = np.random.default_rng(14)
    for number in range(22):
        turn = number * 2.4
        if np.sin(turn) > 0.35:  # The glaze of its front is to be seen.
            continue
        long = rng.uniform(0.25, 0.85)
        reach = 0.50 + rng.uniform(0, 0.08)
        x, z = np.cos(turn), np.sin(turn)
        stem = smooth(
            [
                (x * 0.2, 0.98, z * 0.2),
                (x * 0.42, 1.10, z * 0.42),
                (x * reach, 1.0, z * reach),
                (x * reach * 1.06, 1.0 - long * 0.6, z * reach * 1.06),
                (x * reach, 1.0 - long, z * reach),
            ],
            50,
        )
        parts.append(tube(stem, 0.008, Material("stem", rough=0.6), sides=6))
        for at in range(6, 50, 4):
            side = 1 if at % 8 else -1
            out = np.array([side * z + 0.5 * x, 0.15 - 0.4 * (at > 25), -side * x + 0.5 * z])
            way = np.linspace(0, 1, 14)[:, None]
            spine = stem[at] + out * way * 0.13 + np.array([0, -0.10, 0]) * way**2
            width = 0.055 * np.sin(np.pi * np.clip(way[:, 0] * 0.96 + 0.04, 0, 1)) ** 0.7
            parts.append(
                leaf(
                    spine.astype(np.float32),
                    width.astype(np.float32),
                    LEAF,
                    cup=0.15,
                    up=np.array([x * 0.6, 0.8, z * 0.6]),
                )
            )
    return parts


def herb_snips() -> Form:
    """Short scissors with wide bows, forged, a little open."""
    parts: Form = []
    for side in (-1, 1):
        angle = np.linspace(0, 2 * np.pi, 141)
        bow = np.stack(
            [side * 0.30 + 0.24 * np.cos(angle), 0.05 + 0 * angle, 0.52 + 0.30 * np.sin(angle)], -1
        )
        shank = smooth(
            [
                (side * 0.16, 0.05, 0.27),
                (side * 0.06, 0.05, 0.10),
                (-side * 0.01, 0.05, -0.05),
                (-side * 0.05, 0.05, -0.22),
            ],
            50,
        )
        one: Form = [
            tube(bow.astype(np.float32), 0.036, STEEL, sides=16, flat=0.8),
            tube(shank, np.linspace(0.042, 0.055, 50), STEEL, flat=0.6),
        ]
        way = np.linspace(0, 1, 70)
        spine = np.stack(
            [-side * (0.045 + 0.10 * way), 0.052 + 0.012 * side + 0 * way, -0.18 - 0.78 * way], -1
        )
        wide = 0.075 * np.clip((1.02 - way) * 1.5, 0, 1) ** 0.7
        one.append(leaf(spine.astype(np.float32), wide.astype(np.float32), STEEL, cup=0.10))
        parts += one
    pin = smooth([(0, 0.12), (0.03, 0.118), (0.045, 0.10), (0.045, 0.07), (0, 0.07)], 30)
    parts.append(revolved(pin, Material("brass", gloss=0.5, metal=0.7, rough=0.2), 30).moved(z=-0.05))
    return turned(parts, -36)


def garden_twine() -> Form:
    """A spool of jute wound crosswise on a wooden core, with a loose end."""
    turns, high = 110, 0.88
    way = np.linspace(0, 1, 7700)
    angle = way * turns * 2 * np.pi
    rise = np.abs((way * 6) % 2 - 1)
    radius = 0.405 - 0.04 * rise + 0.035 * way
    path = np.stack([radius * np.cos(angle), 0.12 + rise * high, radius * np.sin(angle)], -1)
    jute = Cloth("cloth", threads=60, seed=99)
    core = smooth(
        [
            (0, 0),
            (0.30, 0),
            (0.40, 0.02),
            (0.38, 0.12),
            (0.34, 1.02),
            (0.20, 1.07),
            (0.20, 1.16),
            (0.12, 1.18),
            (0, 1.18),
        ],
        120,
    )
    parts: Form = [
        revolved(smooth([(0.36, 0.10), (0.40, 0.16), (0.37, 0.95), (0.30, 1.04)], 80), jute),
        tube(path.astype(np.float32), 0.024, jute, sides=8),
    ]
    end = smooth(
        [
            path[-1],
            (0.52, 0.3, 0.30),
            (0.55, 0.03, 0.55),
            (0.20, 0.026, 0.80),
            (-0.35, 0.026, 0.72),
            (-0.55, 0.026, 0.92),
        ],
        120,
    )
    return [*parts, revolved(core, Wood(along="y", seed=99)), tube(even(end, 120), 0.022, jute, sides=8)]
