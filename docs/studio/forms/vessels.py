"""Vases and bottles."""

import numpy as np

from studio.curves import smooth
from studio.materials import Glazed, Material
from studio.mesh import Form
from studio.shapes import leaf, tube, vessel


def harbour_vase() -> Form:
    """Broad shoulders, a short neck, a flared lip."""
    outer = smooth(
        [
            (0, 0),
            (0.26, 0),
            (0.33, 0.03),
            (0.47, 0.45),
            (0.45, 0.78),
            (0.25, 1.02),
            (0.19, 1.14),
            (0.25, 1.26),
        ]
    )
    return vessel(outer, 0.028, Glazed(dip=0.42, lip=1.245, wave=0.03))


def stem_bottle() -> Form:
    """A slim bottle, and a twig in it."""
    outer = smooth(
        [(0, 0), (0.2, 0), (0.25, 0.03), (0.29, 0.22), (0.26, 0.44), (0.11, 0.64), (0.075, 0.84), (0.09, 1.0)]
    )
    return [*vessel(outer, 0.02, Glazed(dip=0.10, lip=0.99, seed=4)), *twig()]


def moon_jar() -> Form:
    """Nearly a ball."""
    outer = smooth(
        [(0, 0), (0.26, 0), (0.31, 0.03), (0.52, 0.3), (0.585, 0.56), (0.5, 0.85), (0.29, 1.04), (0.25, 1.12)]
    )
    return vessel(outer, 0.03, Glazed(dip=-1, lip=1.11, seed=9, speckle=0.35, ripple=0.04))


def twig() -> Form:
    """A twig of round leaves that leans out of a bottle."""
    stem, green = Material("stem", rough=0.6), Material("leaf", gloss=0.25, rough=0.45, fine=5, mottle=0.2)
    path = smooth([(0.0, 0.1, 0), (0.0, 0.9, 0), (0.09, 1.25, 0.02), (0.24, 1.56, 0.0), (0.30, 1.78, 0)], 60)
    parts = [tube(path, np.linspace(0.012, 0.006, 60), stem, sides=8)]
    for number, at in enumerate(range(30, 60, 4)):
        for side in (-1, 1):
            root, turn = path[at], number * 0.9 + (side < 0) * 2.6
            out = np.array([side * 0.9, 0.35, 0.55 * np.sin(turn)])
            size = 0.20 - 0.0016 * at
            way = np.linspace(0, 1, 24)[:, None]
            spine = root + out * way * size * 1.1 + np.array([0, -0.25, 0.12]) * (way * size) ** 2 * 4
            width = size * 0.42 * np.sin(np.pi * np.clip(way[:, 0] * 0.97 + 0.03, 0, 1)) ** 0.7
            tilt = np.array([-side * 0.5, 0.75, 0.6 + 0.3 * np.cos(turn)])
            parts.append(leaf(spine, width, green, cup=0.12, up=tilt))
    return parts
