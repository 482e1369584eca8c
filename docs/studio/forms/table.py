"""What stands on the table."""

import numpy as np

from studio.curves import smooth
from studio.materials import Glazed
from studio.mesh import Form, moved, turned
from studio.shapes import tube, vessel


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
        [(0.33, 0.62, 0), (0.47, 0.68, 0), (0.62, 0.6, 0), (0.64, 0.42, 0), (0.52, 0.25, 0), (0.34, 0.2, 0)],
        70,
    )
    thick = 0.05 + 0.012 * np.cos(np.linspace(0, 2 * np.pi, 70))
    return turned([*vessel(outer, 0.028, glaze), tube(ear, thick, glaze, flat=0.62, wide=1.25)], 28)


def stacked_cups() -> Form:
    """Two small cups without ears, one in the other."""
    outer = smooth([(0, 0), (0.2, 0), (0.26, 0.04), (0.31, 0.22), (0.33, 0.46)])
    cup = vessel(outer, 0.022, Glazed(dip=0.14, lip=0.455, seed=12))
    return [*cup, *moved(turned(cup, 70), y=0.27)]
