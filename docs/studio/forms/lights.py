"""What gives light."""

import numpy as np

from studio.curves import smooth, walled
from studio.materials import Glazed, Lit, Material
from studio.mesh import Floats, Form, Part, moved, sheet, turned
from studio.shapes import revolved, tube, vessel

BRASS = Material("brass", gloss=0.5, metal=0.7, rough=0.22, mottle=0.04)
WAX = Material("wax", gloss=0.35, rough=0.35, mottle=0.12, fine=4)
WICK = Material("wick", rough=0.8)


def dusk_lamp() -> Form:
    """A round foot of stoneware under a shade of linen."""
    foot = smooth([(0, 0), (0.26, 0), (0.30, 0.03), (0.38, 0.24), (0.30, 0.48), (0.10, 0.60), (0.06, 0.66)])
    shade = np.stack([np.linspace(0.60, 0.36, 60), np.linspace(0.82, 1.42, 60)], -1).astype(np.float32)
    linen = Lit(low=0.82, high=1.42)
    parts = [*vessel(foot, 0.02, Glazed(dip=0.08, seed=14)), revolved(walled(shade, 0.012), linen)]
    parts.append(tube(np.array([(0, 0.62, 0), (0, 0.7, 0), (0, 0.8, 0), (0, 1.1, 0)]), 0.028, BRASS))
    for height, radius in ((0.82, 0.6), (1.42, 0.36)):
        parts.append(_hoop(height, radius))
    cord = smooth(
        [
            (0.22, 0.06, -0.2),
            (0.42, 0.02, -0.34),
            (0.56, 0.018, -0.3),
            (0.62, 0.018, -0.6),
            (0.3, 0.018, -0.9),
        ],
        80,
    )
    return [*parts, tube(cord, 0.016, Material("cord", rough=0.7), sides=10)]


def _hoop(height: float, radius: float) -> Part:
    angle = np.linspace(0, 2 * np.pi, 121)
    ring = np.stack([np.cos(angle) * radius, np.full(121, height), np.sin(angle) * radius], -1)
    return tube(ring, 0.013, Material("shade", mottle=0.02), sides=10)


def beeswax_candles() -> Form:
    """Three candles rolled from combs, each shorter than the last."""
    parts: Form = []
    for x, z, height, turn in ((-0.28, -0.12, 1.3, 0), (0.24, -0.2, 1.02, 130), (0.05, 0.28, 0.72, 250)):
        parts += moved(turned(_rolled(height), turn), x=x, z=z)
    return parts


def _rolled(height: float) -> Form:
    """A sheet of comb, rolled up; cells are pressed into its outside."""
    angle, up = np.meshgrid(
        np.linspace(0, 2 * np.pi * 1.08, 420), np.linspace(0, height, int(height * 330)), indexing="ij"
    )
    pressed = _comb(angle * 0.225 * 62, up * 62)
    radius = 0.215 + 0.016 * angle / (2 * np.pi) + 0.0075 * pressed
    outside = sheet(
        np.stack([radius * np.cos(angle), up, radius * np.sin(angle)], -1).astype(np.float32), WAX
    )
    turns = np.linspace(0.2, 2 * np.pi * 3.6, 500)
    coil = 0.02 + 0.195 * turns / turns[-1]
    ends = np.stack([coil * np.cos(turns), np.full(500, height - 0.012), coil * np.sin(turns)], -1)
    wick = smooth([(0, height - 0.05, 0), (0.005, height + 0.06, 0), (0.03, height + 0.12, 0.01)], 20)
    core = revolved(np.array([(0, height - 0.02), (0.21, height - 0.02)], np.float32), WAX)
    return [outside, core, tube(ends, 0.0135, WAX, sides=8), tube(wick, 0.014, WICK, sides=8)]


def _comb(x: Floats, y: Floats) -> Floats:
    """A pattern of hexagons: 1 on their walls, 0 within."""
    waves = [np.cos(x * np.cos(a) + y * np.sin(a)) for a in (0, np.pi / 3, 2 * np.pi / 3)]
    return np.clip((sum(waves) + 1.5) / 4.5 * -1 + 0.62, 0, 0.35) / 0.35


def chamberstick() -> Form:
    """A saucer with a socket for a candle and a ring for a finger."""
    glaze = Glazed(dip=-1, lip=0.10, seed=17)
    dish = smooth([(0, 0.0), (0.36, 0.0), (0.42, 0.02), (0.52, 0.06), (0.56, 0.125)])
    socket = smooth([(0.2, 0.03), (0.13, 0.06), (0.115, 0.12), (0.12, 0.24), (0.15, 0.27)])
    candle = smooth(
        [(0, 0.1), (0.082, 0.1), (0.082, 0.2), (0.076, 1.1), (0.07, 1.15), (0.02, 1.185), (0, 1.185)], 240
    )
    wick = smooth([(0, 1.15, 0), (0.004, 1.24, 0), (0.025, 1.29, 0.01)], 20)
    parts = [*vessel(dish, 0.028, glaze), revolved(walled(socket, 0.028), Glazed(dip=-1, lip=9, seed=17))]
    parts += [
        revolved(candle, Material("wax", gloss=0.3, rough=0.4, mottle=0.04)),
        tube(wick, 0.012, WICK, sides=8),
    ]
    angle = np.linspace(0, 2 * np.pi, 91)
    ring = np.stack([0.68 + 0.135 * np.cos(angle), 0.14 + 0.135 * np.sin(angle), np.zeros(91)], -1)
    parts.append(tube(ring.astype(np.float32), 0.034, Glazed(dip=-1, lip=9, seed=17), sides=18))
    return turned(parts, 30)
