"""More of what gives light."""

from dataclasses import dataclass

import numpy as np

from studio.curves import smooth, walled
from studio.materials import Floats, Glazed, Look, Material, Palette
from studio.mesh import Form, moved, sheet, turned
from studio.noise import step
from studio.shapes import revolved, tube

BRASS = Material("brass", gloss=0.5, metal=0.7, rough=0.22, mottle=0.04)
ENAMEL = Material("enamel", gloss=0.9, rough=0.10, ripple=0.01, mottle=0.03)
CORD = Material("cord", rough=0.7)
WARM = np.array([1.0, 0.74, 0.40], np.float32)


@dataclass(frozen=True)
class Glowing(Material):
    """A surface that shines by itself."""

    name: str = "milk"
    bright: float = 0.9

    def look(self, rest: Floats, palette: Palette) -> Look:
        """Warm light all over."""
        found = super().look(rest, palette)
        return Look(found.colour, 0.0, np.repeat((WARM * np.float32(self.bright))[None], len(rest), 0))


@dataclass(frozen=True)
class Pierced(Glazed):
    """Clay with rows of holes through which a candle shines."""

    low: float = 0.2
    high: float = 1.0
    rows: int = 9
    around: int = 22

    def look(self, rest: Floats, palette: Palette) -> Look:
        """Large and small holes by turns, the brighter the nearer they are to the flame."""
        found = super().look(rest, palette)
        turn = np.arctan2(rest[:, 2], rest[:, 0]) / (2 * np.pi) * self.around
        up = (rest[:, 1] - self.low) / (self.high - self.low) * self.rows
        row = np.floor(up)
        u, v = (turn + 0.5 * (row % 2)) % 1 - 0.5, up % 1 - 0.5
        size = np.where(row % 3 == 1, 0.30, 0.17)
        hole = (1 - step(np.hypot(u, v * 0.95), size, 0.09)) * ((row >= 0) & (row < self.rows))
        flame = 0.75 + 0.75 * np.exp(-(((rest[:, 1] - 0.45) / 0.30) ** 2))
        glow = (hole * flame)[:, None] * WARM
        return Look(
            found.colour * (1 - hole)[:, None], np.asarray(found.gloss) * (1 - hole), glow.astype(np.float32)
        )


def star_lantern() -> Form:
    """A domed lantern, pierced all round, over a candle."""
    outer = smooth(
        [(0.40, 0.04), (0.44, 0.06), (0.45, 0.30), (0.43, 0.72), (0.34, 0.98), (0.18, 1.12), (0.10, 1.15)]
    )
    clay = Pierced(dip=-1, lip=9, seed=71, low=0.16, high=0.98, speckle=0.3)
    foot = smooth([(0, 0), (0.46, 0), (0.49, 0.02), (0.48, 0.06), (0, 0.06)], 100)
    rim = smooth([(0.10, 1.14), (0.14, 1.15), (0.14, 1.20), (0.10, 1.20)], 40)
    angle = np.linspace(0, np.pi, 60)
    loop = np.stack([0.16 * np.cos(angle), 1.16 + 0.20 * np.sin(angle), 0 * angle], -1).astype(np.float32)
    parts = [
        revolved(walled(outer, 0.025), clay),
        revolved(foot, Glazed(dip=-1, seed=72)),
        revolved(rim, Glazed(dip=-1, seed=72)),
    ]
    return turned([*parts, tube(loop, 0.016, BRASS, sides=12)], 30)


def dome_pendant() -> Form:
    """An enamelled dome on a cord, lit, hanging over a table."""
    dome = smooth([(0.68, 0.62), (0.66, 0.78), (0.50, 1.03), (0.26, 1.17), (0.10, 1.21), (0.09, 1.26)])
    inside = walled(dome, 0.018)[len(dome) + 4 :]
    inside = inside[inside[:, 0] > 0.06]
    cap = smooth([(0.10, 1.24), (0.11, 1.26), (0.10, 1.36), (0.05, 1.42), (0.02, 1.44)], 60)
    bulb = smooth([(0, 0.56), (0.09, 0.59), (0.135, 0.69), (0.09, 0.80), (0.06, 0.90)], 80)
    cord = tube(
        np.array([(0, 1.4, 0), (0, 1.8, 0), (0, 2.4, 0), (0, 3.4, 0)], np.float32), 0.014, CORD, sides=10
    )
    parts = [
        revolved(walled(dome, 0.018)[: len(dome) + 4], ENAMEL),
        revolved(inside, Glowing(bright=0.55, mottle=0.02)),
    ]
    return [*parts, revolved(cap, BRASS), revolved(bulb, Glowing(bright=2.0)), cord]


def dinner_tapers() -> Form:
    """Six long candles in pairs that still hang on one wick, tied in paper."""
    wax, wick = Material("taper", gloss=0.35, rough=0.35, mottle=0.07, fine=5), Material("wick", rough=0.8)
    outline = smooth(
        [
            (0, -1.1),
            (0.085, -1.1),
            (0.098, -1.07),
            (0.092, -0.4),
            (0.070, 0.7),
            (0.05, 1.02),
            (0.02, 1.10),
            (0, 1.11),
        ],
        300,
    )
    parts: Form = []
    places = [((n - 1.5) * 0.205, 0.10, n) for n in range(4)] + [
        ((n - 4.5) * 0.205, 0.265, n) for n in (4, 5)
    ]
    for x, y, number in places:
        one = turned([revolved(outline, wax, 70)], -90, "x")
        parts += moved(one, x=x, y=y, z=0.02 * (number * 7 % 5))
    for left in (-1.5, 0.5):
        x = left * 0.205
        path = smooth(
            [
                (x, 0.10, -1.05),
                (x, 0.13, -1.22),
                (x + 0.10, 0.10, -1.36),
                (x + 0.205, 0.13, -1.22),
                (x + 0.205, 0.10, -1.05),
            ],
            60,
        )
        parts.append(tube(path, 0.014, wick, sides=8))
    for side in (-1, 1):
        end = smooth(
            [(side * 0.10, 0.265, -1.04), (side * 0.10, 0.29, -1.18), (side * 0.13, 0.25, -1.28)], 30
        )
        parts.append(tube(end, 0.014, wick, sides=8))
    band = [
        (-0.425, 0.012),
        (-0.43, 0.16),
        (-0.28, 0.33),
        (-0.16, 0.375),
        (0.16, 0.375),
        (0.28, 0.33),
        (0.43, 0.16),
        (0.425, 0.012),
    ]
    line = smooth([(x, y, 0) for x, y in band], 140)
    across = np.linspace(0.12, 0.50, 20)
    wrap = np.stack([np.stack([line[:, 0], line[:, 1], np.full(140, z)], -1) for z in across], 1)
    parts.append(sheet(wrap.astype(np.float32), Material("band", rough=0.8, mottle=0.05)))
    return turned(parts, 30)


def reading_lamp() -> Form:
    """A lamp with a heavy foot, a stem, an arm and a small shade that is tilted to the book."""
    foot = smooth([(0, 0), (0.36, 0), (0.38, 0.02), (0.37, 0.05), (0.06, 0.09), (0.03, 0.12), (0, 0.12)], 160)
    shade = smooth([(0.33, 0.0), (0.31, 0.06), (0.14, 0.36), (0.07, 0.42), (0.06, 0.48)], 160)
    whole = walled(shade, 0.014)
    inside = whole[len(shade) + 4 :]
    head = [
        revolved(whole[: len(shade) + 4], ENAMEL),
        revolved(inside[inside[:, 0] > 0.03], Glowing(bright=0.55, mottle=0.02)),
    ]
    bulb = smooth([(0, 0.03), (0.07, 0.05), (0.10, 0.12), (0.06, 0.22), (0.04, 0.3)], 60)
    tip = smooth([(0.05, 0.47), (0.055, 0.49), (0.05, 0.56), (0.0, 0.58)], 40)
    head += [revolved(bulb, Glowing(bright=1.8), 60), revolved(tip, BRASS, 60)]
    head = moved(turned(moved(head, y=-0.52), 34, "z"), x=0.50, y=1.62)
    stem = tube(
        np.array([(-0.16, 0.08, 0), (-0.16, 0.6, 0), (-0.16, 1.2, 0), (-0.16, 1.62, 0)], np.float32),
        0.022,
        BRASS,
    )
    arm = smooth([(-0.36, 1.44, 0), (-0.16, 1.50, 0), (0.2, 1.58, 0), (0.52, 1.62, 0)], 50)
    joint = smooth([(0, -0.06), (0.04, -0.05), (0.045, 0.05), (0, 0.06)], 30)
    parts = [
        *moved([revolved(foot, ENAMEL)], x=-0.16),
        stem,
        tube(arm, 0.018, BRASS),
        *moved(turned([revolved(joint, BRASS, 40)], 90, "x"), x=-0.16, y=1.50),
    ]
    weight = moved(
        turned(
            [revolved(smooth([(0, -0.07), (0.055, -0.06), (0.055, 0.06), (0, 0.07)], 30), ENAMEL, 40)],
            75,
            "z",
        ),
        x=-0.38,
        y=1.435,
    )
    cord = smooth([(-0.45, 0.03, -0.1), (-0.75, 0.018, -0.2), (-0.8, 0.018, -0.6), (-0.5, 0.018, -0.9)], 60)
    return turned([*parts, *head, *weight, tube(cord, 0.014, CORD, sides=10)], -20)
