"""What stands on the table."""

import numpy as np

from studio.curves import rounded, smooth
from studio.materials import Glazed, Material
from studio.mesh import Form, moved, stretched, turned
from studio.shapes import revolved, slab, tube, vessel


def supper_plate() -> Form:
    """A plate with a low upright rim."""
    outer = smooth(
        [(0, 0.02), (0.40, 0.02), (0.43, 0), (0.47, 0.02), (0.62, 0.05), (0.78, 0.085), (0.82, 0.13)]
    )
    return vessel(outer, 0.03, Glazed(dip=-1, lip=0.135, seed=3, speckle=0.6))


def porridge_bowl() -> Form:
    """A deep bowl on a small foot."""
    outer = smooth(
        [(0, 0.02), (0.2, 0.0), (0.24, 0.0), (0.25, 0.05), (0.42, 0.17), (0.56, 0.36), (0.6, 0.52)]
    )
    return vessel(outer, 0.026, Glazed(dip=0.20, lip=0.51, seed=6, wave=0.03))


def everyday_mug() -> Form:
    """A straight mug with an ear for three fingers."""
    outer = smooth([(0, 0), (0.29, 0), (0.345, 0.03), (0.37, 0.2), (0.37, 0.5), (0.36, 0.78)])
    glaze = Glazed(dip=0.16, lip=0.77, seed=2)
    ear = smooth(
        [
            (0.385, 0.63, 0),
            (0.48, 0.67, 0),
            (0.62, 0.6, 0),
            (0.64, 0.42, 0),
            (0.53, 0.25, 0),
            (0.39, 0.21, 0),
        ],
        70,
    )
    thick = 0.05 + 0.012 * np.cos(np.linspace(0, 2 * np.pi, 70))
    return turned([*vessel(outer, 0.028, glaze), tube(ear, thick, glaze, flat=0.62, wide=1.25)], 28)


def stacked_cups() -> Form:
    """Two small cups without ears, one in the other."""
    outer = smooth([(0, 0), (0.2, 0), (0.26, 0.04), (0.31, 0.22), (0.33, 0.46)])
    cup = vessel(outer, 0.022, Glazed(dip=0.14, lip=0.455, seed=12))
    return [*cup, *moved(turned(cup, 70), y=0.27)]


def sunday_dish() -> Form:
    """A long oval for whatever is carved."""
    outer = smooth(
        [(0, 0.02), (0.50, 0.02), (0.53, 0), (0.57, 0.02), (0.74, 0.06), (0.88, 0.14), (0.93, 0.165)]
    )
    return turned(
        stretched(vessel(outer, 0.03, Glazed(dip=-1, lip=0.158, seed=51, speckle=0.6)), 1.3, 1, 0.82), 30
    )


def egg_stand(count: int = 2) -> Form:
    """Small stands on a foot, each with an egg in it."""
    outer = smooth(
        [
            (0, 0),
            (0.20, 0),
            (0.22, 0.02),
            (0.10, 0.10),
            (0.09, 0.16),
            (0.18, 0.25),
            (0.24, 0.40),
            (0.235, 0.44),
        ]
    )
    one = vessel(outer, 0.02, Glazed(dip=0.05, lip=0.43, seed=52))
    shell = Material("egg", gloss=0.12, rough=0.5, mottle=0.10, fine=16)
    egg = revolved(
        smooth([(0, 0.24), (0.13, 0.28), (0.195, 0.42), (0.17, 0.58), (0.09, 0.70), (0, 0.735)]), shell
    )
    parts: Form = []
    for x, z in ((-0.30, -0.12), (0.27, 0.16), (-0.12, 0.52), (0.52, -0.42))[:count]:
        parts += moved([*one, egg.turned(8 * x)], x=x, z=z)
    return parts


def cake_stand() -> Form:
    """A plate that was lifted onto a stem."""
    glaze = Glazed(dip=0.035, lip=0.66, seed=53, speckle=0.45)
    outer = smooth(
        [
            (0, 0.0),
            (0.30, 0.0),
            (0.34, 0.02),
            (0.18, 0.09),
            (0.085, 0.20),
            (0.075, 0.36),
            (0.13, 0.47),
            (0.26, 0.53),
        ],
        160,
    )
    plate = smooth([(0.02, 0.52), (0.4, 0.53), (0.76, 0.55), (0.84, 0.585), (0.87, 0.65)], 160)
    return [revolved(outer, glaze), *vessel(np.vstack([[(0, 0.52)], plate]).astype(np.float32), 0.03, glaze)]


def butter_dish() -> Form:
    """A tray and a lid with a knob, long enough for half a pound."""
    tray = slab(rounded(1.5, 0.92, 0.2), 0.09, 0.04, Glazed(dip=0.035, lip=9, seed=54))
    lid = slab(rounded(1.22, 0.66, 0.18), 0.46, 0.15, Glazed(dip=-1, seed=55))
    knob = smooth([(0, 0.44), (0.05, 0.45), (0.045, 0.50), (0.09, 0.55), (0.08, 0.60), (0, 0.62)], 80)
    return turned([tray, lid.moved(y=0.085), revolved(knob, Glazed(dip=-1, seed=55), 60).moved(y=0.085)], 26)
