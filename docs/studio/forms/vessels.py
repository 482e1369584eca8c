"""Vases and bottles."""

import numpy as np

from studio.curves import smooth, walled
from studio.materials import Glazed, Material
from studio.mesh import Form, moved, sheet, turned
from studio.shapes import leaf, revolved, tube, vessel


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


def amphora() -> Form:
    """A tall jar on a narrow foot, with two ears from neck to shoulder."""
    outer = smooth(
        [
            (0, 0),
            (0.19, 0),
            (0.22, 0.03),
            (0.24, 0.12),
            (0.43, 0.62),
            (0.42, 0.90),
            (0.22, 1.12),
            (0.155, 1.28),
            (0.17, 1.42),
            (0.225, 1.48),
        ]
    )
    glaze = Glazed(dip=0.34, lip=1.465, wave=0.02, seed=31)
    parts = vessel(outer, 0.026, glaze)
    for side in (-1, 1):
        ear = smooth(
            [
                (side * 0.15, 1.34, 0),
                (side * 0.30, 1.40, 0),
                (side * 0.42, 1.27, 0),
                (side * 0.43, 1.06, 0),
                (side * 0.36, 0.96, 0),
            ],
            70,
        )
        parts.append(tube(ear, np.linspace(0.04, 0.048, 70), glaze, flat=0.6, wide=1.2))
    return turned(parts, 16)


def bud_trio() -> Form:
    """Three little bottles: one tall, one round, one like an onion."""
    tall = [
        (0, 0),
        (0.13, 0),
        (0.16, 0.03),
        (0.17, 0.30),
        (0.15, 0.48),
        (0.06, 0.66),
        (0.055, 0.86),
        (0.075, 0.90),
    ]
    ball = [
        (0, 0),
        (0.13, 0),
        (0.18, 0.03),
        (0.26, 0.22),
        (0.20, 0.38),
        (0.07, 0.46),
        (0.07, 0.50),
        (0.09, 0.53),
    ]
    onion = [
        (0, 0),
        (0.15, 0),
        (0.22, 0.03),
        (0.27, 0.14),
        (0.16, 0.28),
        (0.055, 0.44),
        (0.045, 0.62),
        (0.07, 0.66),
    ]
    parts: Form = []
    places = ((-0.22, -0.20, 0), (0.22, 0.10, 1), (-0.30, 0.34, 2))
    for outline, (x, z, number) in zip((tall, ball, onion), places, strict=True):
        glaze = Glazed(f"glaze{number or ''}", dip=(-1, 0.09, 0.07)[number], seed=33 + number)
        parts += moved(vessel(smooth(outline), 0.016, glaze), x=x, z=z)
    return [*parts, *_grasses(-0.22, -0.20)]


def _grasses(x: float, z: float) -> Form:
    """Three stalks of grass with their ears."""
    stem, ear = Material("stem", rough=0.6), Material("bristle", rough=0.7, mottle=0.3, fine=30)
    parts: Form = []
    for lean, tall in ((-0.30, 1.55), (0.06, 1.72), (0.34, 1.46)):
        path = smooth(
            [(x, 0.3, z), (x, 0.85, z), (x + lean * 0.4, tall * 0.78, z), (x + lean, tall, z + 0.05)], 50
        )
        parts.append(tube(path, 0.007, stem, sides=8))
        parts.append(tube(path[38:], 0.03 * np.sin(np.linspace(0.3, 3.0, 12)), ear, sides=10))
    return parts


def ginger_jar() -> Form:
    """High shoulders and a lid like a cap with a button."""
    outer = smooth(
        [(0, 0), (0.27, 0), (0.31, 0.03), (0.36, 0.2), (0.49, 0.58), (0.42, 0.86), (0.24, 0.96), (0.23, 1.0)]
    )
    glaze = Glazed(dip=0.10, seed=35, wave=0.015)
    lid = smooth(
        [
            (0, 0.985),
            (0.28, 0.985),
            (0.31, 1.0),
            (0.31, 1.10),
            (0.25, 1.17),
            (0.10, 1.21),
            (0.06, 1.23),
            (0.09, 1.28),
            (0.06, 1.315),
            (0, 1.32),
        ]
    )
    return [*vessel(outer, 0.028, glaze), revolved(lid, Glazed(dip=-1, seed=36))]


def ring_bottle() -> Form:
    """A ring that stands on a foot and pours from a short neck."""
    glaze = Glazed(dip=0.16, lip=1.275, seed=37)
    around = np.linspace(0, 2 * np.pi, 201)[:-1]
    wide, thick = 0.42, 0.15
    angle, turn = np.meshgrid(around, np.linspace(0, 2 * np.pi, 73)[:-1], indexing="ij")
    reach = wide + thick * np.cos(turn)
    ring = np.stack([reach * np.cos(angle), 0.62 + reach * np.sin(angle), 0.9 * thick * np.sin(turn)], -1)
    foot = smooth([(0, 0), (0.24, 0), (0.25, 0.02), (0.20, 0.06), (0.15, 0.12)], 60)
    neck = smooth([(0.10, 1.12), (0.075, 1.18), (0.075, 1.23), (0.115, 1.29)], 60)
    parts = [sheet(ring.astype(np.float32), glaze, around=True, along=True), revolved(foot, glaze)]
    return turned([*parts, revolved(walled(neck, 0.02), glaze)], 24)
