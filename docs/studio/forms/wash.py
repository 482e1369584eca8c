"""What lies beside the basin."""

import numpy as np

from studio.curves import smooth
from studio.materials import Glazed, Material, Wood
from studio.mesh import Floats, Form, moved, sheet, stretched, turned
from studio.shapes import block, revolved, tube, vessel

SOAP = Material("soap", gloss=0.3, rough=0.45, mottle=0.10, fine=5)


def soap_dish() -> Form:
    """An oval dish with ribs, and a bar on it."""
    dish = vessel(
        smooth([(0, 0), (0.42, 0), (0.5, 0.03), (0.60, 0.10), (0.64, 0.19)]),
        0.03,
        Glazed(dip=0.07, lip=0.185, seed=41, wave=0.012),
    )
    parts = stretched(dish, 1.28, 1, 0.86)
    rib = Glazed(dip=-1, seed=41)
    for x in np.linspace(-0.42, 0.42, 6):
        reach = 0.36 * np.sqrt(1 - (x / 0.72) ** 2)
        parts.append(tube(np.linspace((x, 0.055, -reach), (x, 0.055, reach), 20), 0.026, rib, sides=14))
    return turned([*parts, *moved(turned(_bar(0.86, 0.52, 0.26), 6), y=0.075)], 24)


def _bar(width: float, depth: float, height: float) -> Form:
    """A bar of soap, fuller in its middle, with a hollow pressed into it."""
    around, over = np.meshgrid(
        np.linspace(0, 2 * np.pi, 240), np.linspace(-np.pi / 2, np.pi / 2, 120), indexing="ij"
    )

    def power(value: Floats, amount: float) -> Floats:
        return np.sign(value) * np.abs(value) ** amount

    x = power(np.cos(over), 0.42) * power(np.cos(around), 0.5) * width / 2
    z = power(np.cos(over), 0.42) * power(np.sin(around), 0.5) * depth / 2
    y = power(np.sin(over), 0.55) * height / 2
    hollow = np.exp(-(((x / width * 3.4) ** 2 + (z / depth * 3.2) ** 2) ** 3)) * 0.022 * (y > 0)
    return [sheet(np.stack([x, y - hollow + height / 2, z], -1).astype(np.float32), SOAP)]


def three_soaps() -> Form:
    """Three bars in a pile, each with a band of paper."""
    parts: Form = []
    band = Material("band", rough=0.8, mottle=0.03)
    for number, (angle, x, z) in enumerate(((14, 0, 0), (34, 0.02, 0.01), (4, -0.02, 0))):
        bar = block(
            1.1,
            0.30,
            0.72,
            0.05,
            Material("soap" if number != 1 else "soap2", gloss=0.25, rough=0.5, mottle=0.14, fine=5),
        )
        wrap = moved(block(0.46, 0.316, 0.736, 0.045, band), y=-0.008)
        parts += moved(turned([*bar, *wrap], angle), x=x, y=0.31 * number + 0.008, z=z)
    return parts


def dish_brush() -> Form:
    """A round brush of beech with stiff bristles and a long handle, lying on its side."""
    wood = Wood(along="x", seed=44)
    head = revolved(
        smooth([(0, 0.30), (0.30, 0.30), (0.345, 0.325), (0.345, 0.39), (0.30, 0.42), (0, 0.43)]), wood, 120
    )
    stem = smooth([(0.25, 0.39, 0), (0.55, 0.46, 0), (1.0, 0.62, 0), (1.45, 0.68, 0), (1.75, 0.66, 0)], 90)
    thick = 0.062 + 0.018 * np.cos(np.linspace(-2, 4.4, 90))
    parts: Form = [head, tube(stem, thick, wood, flat=0.75, wide=1.2), *_bristles()]
    return turned(moved(turned(parts, 82, "x"), y=0.36), 58)


def _bristles() -> Form:
    rng = np.random.default_rng(2)
    bristle = Material("bristle", gloss=0.1, rough=0.6, mottle=0.3, fine=30)
    parts = []
    for ring, count in ((0.05, 5), (0.12, 11), (0.19, 17), (0.26, 23), (0.305, 28)):
        for angle in np.linspace(0, 2 * np.pi, count, endpoint=False) + ring * 7:
            for _ in range(5):
                x, z = (
                    ring * np.cos(angle) + rng.normal(0, 0.011),
                    ring * np.sin(angle) + rng.normal(0, 0.011),
                )
                flare = 1.16 + rng.uniform(0, 0.22)
                tip = (x * flare, rng.uniform(0.0, 0.03), z * flare)
                parts.append(tube(np.linspace((x, 0.31, z), tip, 6), 0.0075, bristle, sides=5))
    return parts
