"""What lives outside."""

import numpy as np

from studio.curves import smooth, walled
from studio.materials import Glazed, Material, Wood
from studio.mesh import Form, Part, moved, turned
from studio.shapes import leaf, revolved, tube, vessel

STEEL = Material("steel", gloss=0.5, metal=0.7, rough=0.28, mottle=0.08, fine=6)
ENAMEL = Material("enamel", gloss=0.9, rough=0.10, ripple=0.015, mottle=0.03)
BRASS = Material("brass", gloss=0.5, metal=0.7, rough=0.25, mottle=0.05)
SOIL = Material("soil", rough=0.9, mottle=0.5, fine=30)
LEAF = Material("leaf", gloss=0.35, rough=0.35, mottle=0.22, fine=4)


def step_planter() -> Form:
    """A pot with a thick rim on its saucer, and a tongue of leaves in it."""
    clay = Material("clay", mottle=0.14, fine=7)
    pot = smooth([(0, 0.07), (0.34, 0.07), (0.36, 0.09), (0.47, 0.70)])
    rim = smooth(
        [
            (0.47, 0.66),
            (0.535, 0.67),
            (0.55, 0.70),
            (0.565, 0.84),
            (0.55, 0.865),
            (0.50, 0.865),
            (0.485, 0.84),
            (0.47, 0.72),
        ]
    )
    saucer = smooth([(0, 0), (0.42, 0), (0.48, 0.015), (0.53, 0.085)])
    soil = revolved(np.array([(0, 0.775), (0.25, 0.77), (0.49, 0.755)], np.float32), SOIL)
    parts: Form = [
        revolved(walled(pot, 0.03), clay),
        revolved(rim, clay),
        revolved(walled(saucer, 0.03), clay),
        soil,
    ]
    rng = np.random.default_rng(8)
    for number in range(11):
        angle, lean = number * 2.4, 0.10 + 0.028 * number
        tall = 1.12 - 0.045 * number + rng.uniform(-0.06, 0.06)
        parts.append(_tongue(angle, lean, tall, 0.085 - 0.002 * number))
    return parts


def _tongue(angle: float, lean: float, tall: float, width: float) -> Part:
    way = np.linspace(0, 1, 50)
    out = 0.05 + 0.14 * lean + lean * way**1.8 * 1.15
    spine = np.stack(
        [out * np.cos(angle), 0.74 + tall * (way - 0.25 * lean * way**2), out * np.sin(angle)], -1
    )
    shape = width * np.sin(np.pi * (0.22 + 0.78 * way)) ** 0.8 * (1 - way**6)
    across = np.array([np.cos(angle + 0.4), 0.1, np.sin(angle + 0.4)])
    return leaf(
        spine.astype(np.float32), np.maximum(shape, 0.002).astype(np.float32), LEAF, cup=0.35, up=across
    )


def watering_can() -> Form:
    """A can with a long neck, a rose and two handles in one."""
    body = smooth([(0, 0), (0.42, 0), (0.455, 0.02), (0.45, 0.3), (0.40, 0.64), (0.385, 0.70)])
    parts = vessel(body, 0.02, Glazed("enamel", gloss=0.9, dip=-1, speckle=0, ripple=0.015, seed=2))
    neck = smooth([(0.40, 0.14, 0), (0.62, 0.36, 0), (0.82, 0.74, 0), (0.98, 1.04, 0)], 80)
    parts.append(tube(neck, np.linspace(0.085, 0.048, 80), ENAMEL))
    rose = smooth(
        [(0.0, -0.04), (0.05, -0.04), (0.06, 0.0), (0.16, 0.14), (0.165, 0.165), (0.15, 0.18), (0, 0.20)]
    )
    parts += moved(turned([revolved(rose, BRASS, 80)], -42, "z"), x=0.985, y=1.04)
    stay = np.array([(0.37, 0.56, 0), (0.5, 0.545, 0), (0.6, 0.53, 0), (0.70, 0.51, 0)], np.float32)
    parts.append(tube(stay, 0.016, ENAMEL, sides=12))
    arch = smooth(
        [
            (0.30, 0.66, 0),
            (0.26, 1.0, 0),
            (0.0, 1.18, 0),
            (-0.36, 1.06, 0),
            (-0.62, 0.70, 0),
            (-0.62, 0.38, 0),
            (-0.43, 0.2, 0),
        ],
        120,
    )
    parts.append(tube(arch, 0.034, ENAMEL, flat=0.7, wide=1.2))
    for height, radius in ((0.03, 0.46), (0.69, 0.393)):
        angle = np.linspace(0, 2 * np.pi, 161)
        ring = np.stack([np.cos(angle) * radius, np.full(161, height), np.sin(angle) * radius], -1)
        parts.append(tube(ring.astype(np.float32), 0.016, ENAMEL, sides=10))
    return turned(parts, -18)


def hand_trowel() -> Form:
    """A trowel with a handle of ash, lying on the ground."""
    wood = Wood(along="y", seed=21)
    grip = smooth(
        [
            (0, -1.0),
            (0.06, -1.0),
            (0.088, -0.95),
            (0.085, -0.8),
            (0.068, -0.6),
            (0.078, -0.4),
            (0.06, -0.26),
            (0.052, -0.24),
        ]
    )
    ferrule = smooth([(0.056, -0.28), (0.06, -0.27), (0.058, -0.1), (0.05, -0.085), (0, -0.08)])
    parts = [revolved(grip, wood, 90), revolved(ferrule, BRASS, 90)]
    parts.append(
        tube(
            smooth([(0, -0.12, 0), (0, 0.1, -0.01), (0, 0.22, -0.05), (0, 0.34, -0.06)], 40),
            np.linspace(0.034, 0.022, 40),
            STEEL,
        )
    )
    way = np.linspace(0, 1, 90)
    spine = np.stack([np.zeros(90), 0.20 + 0.92 * way, -0.07 + 0.05 * way**2], -1)
    wide = (
        0.235
        * np.clip(way * 9, 0, 1) ** 0.5
        * np.clip(1.18 - 0.42 * way, 0, 1)
        * np.clip((1 - way) * 2.6, 0, 1) ** 0.55
    )
    blade = leaf(
        spine.astype(np.float32),
        np.maximum(wide, 0.003).astype(np.float32),
        STEEL,
        cup=0.30,
        up=np.array([0, 0, 1], np.float32),
    )
    flat = moved(turned([*parts, blade], -90, "x"), y=0.09)
    return turned(flat, -33)
