"""What stands on the stove and beside it."""

import numpy as np

from studio.curves import smooth, walled
from studio.materials import Glazed, Material, Wood
from studio.mesh import Form, moved, turned
from studio.shapes import revolved, tube, vessel

IRON = Material("black", gloss=0.45, rough=0.42, ripple=0.10, mottle=0.10, fine=14)
ENAMEL = Glazed("enamel", gloss=0.9, rough=0.10, dip=-1, speckle=0, ripple=0.012, seed=3)
BRASS = Material("brass", gloss=0.5, metal=0.7, rough=0.22)


def casserole() -> Form:
    """A broad enamelled pot with two ears and a lid with a brass knob."""
    body = smooth([(0, 0), (0.50, 0), (0.58, 0.04), (0.62, 0.25), (0.625, 0.50)])
    lid = smooth(
        [(0, 0.665), (0.30, 0.635), (0.55, 0.565), (0.645, 0.53), (0.65, 0.50), (0.63, 0.495), (0, 0.50)]
    )
    knob = smooth([(0, 0.65), (0.05, 0.655), (0.04, 0.70), (0.095, 0.735), (0.085, 0.785), (0, 0.80)], 80)
    parts = [*vessel(body, 0.03, ENAMEL), revolved(lid, ENAMEL), revolved(knob, BRASS, 60)]
    for side in (-1, 1):
        ear = smooth(
            [
                (side * 0.60, 0.43, -0.17),
                (side * 0.74, 0.44, -0.15),
                (side * 0.79, 0.45, 0.0),
                (side * 0.74, 0.44, 0.15),
                (side * 0.60, 0.43, 0.17),
            ],
            70,
        )
        parts.append(tube(ear, 0.036, ENAMEL, flat=0.8, wide=1.1))
    return turned(parts, 22)


def iron_skillet() -> Form:
    """A black pan with a long handle, a hole in its end and two small lips."""
    pan = smooth([(0, 0), (0.52, 0), (0.56, 0.02), (0.66, 0.19)])
    parts: Form = vessel(
        pan, 0.035, Glazed("black", gloss=0.45, rough=0.42, ripple=0.10, dip=-1, speckle=0, seed=5)
    )
    way = np.linspace(0, 1, 70)
    bar = np.stack([0.62 + 0.62 * way, 0.14 + 0.03 * way, 0 * way], -1)
    parts.append(tube(bar, 0.062 - 0.012 * np.sin(np.pi * way), IRON, flat=0.5, wide=1.25))
    angle = np.linspace(0, 2 * np.pi, 81)
    eye = np.stack([1.31 + 0.085 * np.cos(angle), 0.17 + 0 * angle, 0.075 * np.sin(angle)], -1)
    parts.append(tube(eye.astype(np.float32), 0.034, IRON, sides=14, flat=0.8))
    return turned(parts, 38)


def mortar() -> Form:
    """A heavy bowl of stone with a pestle leaning in it."""
    stone = Material("glaze", gloss=0.12, rough=0.5, mottle=0.55, fine=26, seed=8)
    bowl = smooth([(0, 0), (0.28, 0), (0.31, 0.03), (0.29, 0.10), (0.40, 0.26), (0.49, 0.50), (0.50, 0.60)])
    pestle = smooth(
        [
            (0, 0),
            (0.08, 0.01),
            (0.125, 0.08),
            (0.11, 0.18),
            (0.07, 0.34),
            (0.062, 0.62),
            (0.085, 0.86),
            (0.06, 0.93),
            (0, 0.94),
        ]
    )
    stick = turned(turned([revolved(pestle, stone, 80)], -38, "z"), -24)
    return [revolved(walled(bowl, 0.085), stone), *moved(stick, x=0.02, y=0.17, z=0.02)]


def coffee_dripper() -> Form:
    """A cone with an ear on a saucer of its own, standing on a cup."""
    glaze = Glazed(dip=-1, lip=0.99, seed=63)
    cup = smooth([(0, 0), (0.24, 0), (0.29, 0.03), (0.31, 0.22), (0.31, 0.47)])
    cone = smooth([(0.13, 0.56), (0.14, 0.58), (0.30, 0.80), (0.43, 1.0)], 120)
    rest = smooth([(0.10, 0.48), (0.36, 0.48), (0.39, 0.495), (0.36, 0.515), (0.16, 0.52), (0.13, 0.56)], 100)
    parts = [
        *vessel(cup, 0.026, Glazed(dip=0.12, lip=0.46, seed=62)),
        revolved(walled(cone, 0.026), glaze),
        revolved(rest, glaze),
    ]
    ear = smooth([(0.30, 0.86, 0), (0.46, 0.90, 0), (0.55, 0.80, 0), (0.48, 0.66, 0), (0.26, 0.62, 0)], 60)
    ring = tube(ear, 0.038, glaze, flat=0.62, wide=1.2)
    grounds = revolved(
        np.array([(0, 0.84), (0.24, 0.86), (0.33, 0.90)], np.float32),
        Material("coffee", rough=0.8, mottle=0.5, fine=40),
    )
    paper = smooth([(0.20, 0.72), (0.30, 0.85), (0.425, 1.035)], 80)
    filter_paper = revolved(walled(paper, 0.008), Material("label", rough=0.9, mottle=0.03))
    return turned([*parts, ring, grounds, filter_paper], 30)


def larder_canisters() -> Form:
    """Three jars of one family, wide and low to tall, each under a wooden lid."""
    parts: Form = []
    for number, (x, z, high) in enumerate(((-0.34, -0.16, 1.06), (0.36, -0.05, 0.78), (0.0, 0.44, 0.5))):
        parts += moved(canister(high, number), x=x, z=z)
    return parts


def canister(high: float, number: int = 0) -> Form:
    """A straight jar of some height under a wooden lid."""
    outer = smooth(
        [(0, 0), (0.24, 0), (0.277, 0.02), (0.287, 0.10), (0.29, 0.25), (0.29, high * 0.7), (0.285, high)]
    )
    lid = smooth(
        [
            (0, high),
            (0.27, high),
            (0.31, high + 0.015),
            (0.31, high + 0.075),
            (0.29, high + 0.09),
            (0, high + 0.095),
        ]
    )
    knob = smooth(
        [(0, high + 0.09), (0.04, high + 0.1), (0.035, high + 0.12), (0.065, high + 0.16), (0, high + 0.18)],
        60,
    )
    wood = Wood(along="x", seed=66 + number)
    return [
        *vessel(outer, 0.025, Glazed(dip=0.10, lip=9, seed=66 + number)),
        revolved(lid, wood),
        revolved(knob, wood, 60),
    ]


def rolling_pin() -> Form:
    """A pin turned from one piece, thick in its middle, with a dusting of nothing yet."""
    outline = smooth(
        [
            (0, -1.18),
            (0.05, -1.17),
            (0.075, -1.12),
            (0.05, -1.0),
            (0.055, -0.84),
            (0.10, -0.77),
            (0.155, -0.73),
            (0.165, -0.70),
            (0.172, 0.0),
            (0.165, 0.70),
            (0.155, 0.73),
            (0.10, 0.77),
            (0.055, 0.84),
            (0.05, 1.0),
            (0.075, 1.12),
            (0.05, 1.17),
            (0, 1.18),
        ],
        400,
    )
    pin = revolved(outline, Wood(along="y", seed=68, rings=12), 120)
    return turned(moved(turned([pin], 90, "z"), y=0.172), 52)


def rope_trivet() -> Form:
    """A rope coiled from the middle outwards, and a leather loop at its end."""
    turn = np.linspace(0.6 * np.pi, 2 * np.pi * 6.5, 1500)
    radius = 0.118 * turn / (2 * np.pi)
    rope = Material("twine", rough=0.8, mottle=0.35, fine=26)
    parts: Form = []
    for strand in (0, 1, 2):
        twist = turn * 7 * np.sqrt(turn / 40) * 2.2 + strand * 2 * np.pi / 3
        out, up = radius + 0.026 * np.cos(twist), 0.055 + 0.026 * np.sin(twist)
        path = np.stack([out * np.cos(turn), up, out * np.sin(turn)], -1)
        parts.append(tube(path.astype(np.float32), 0.035, rope, sides=10))
    end = radius[-1] * np.cos(turn[-1]), radius[-1] * np.sin(turn[-1])
    loop = smooth(
        [
            (end[0], 0.09, end[1]),
            (end[0] - 0.12, 0.07, end[1] + 0.1),
            (end[0] - 0.20, 0.03, end[1]),
            (end[0] - 0.12, 0.07, end[1] - 0.1),
            (end[0], 0.09, end[1]),
        ],
        80,
    )
    parts.append(tube(loop, 0.022, Material("leather", gloss=0.2, rough=0.5, mottle=0.2, fine=18), sides=12))
    return parts
