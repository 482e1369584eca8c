"""What stands about in a picture so that a thing can be seen in use, and how large it is."""

import numpy as np

from studio.curves import smooth
from studio.materials import Cloth, Material
from studio.mesh import Form, moved, sheet, stretched, turned
from studio.noise import noise
from studio.shapes import block, leaf, revolved, tube

STEM = Material("stem", rough=0.6)


def pear(size: float = 1.0) -> Form:
    """A pear, some nine centimetres tall where a mug is nine."""
    skin = Material("pear", gloss=0.35, rough=0.4, mottle=0.18, fine=9, seed=71)
    body = smooth(
        [
            (0, 0.02),
            (0.14, 0.0),
            (0.27, 0.10),
            (0.29, 0.26),
            (0.20, 0.46),
            (0.12, 0.62),
            (0.06, 0.69),
            (0, 0.68),
        ]
    )
    stalk = tube(smooth([(0, 0.66, 0), (0.01, 0.74, 0), (0.05, 0.82, 0.01)], 20), 0.014, STEM, sides=8)
    return _sized([revolved(body, skin), stalk], size)


def lemon(size: float = 1.0) -> Form:
    """A lemon lying on its side."""
    skin = Material("lemon", gloss=0.4, rough=0.35, mottle=0.08, fine=20, ripple=0.10, seed=72)
    body = smooth(
        [
            (0, -0.36),
            (0.04, -0.34),
            (0.07, -0.30),
            (0.19, -0.19),
            (0.24, 0.0),
            (0.19, 0.19),
            (0.07, 0.30),
            (0.035, 0.34),
            (0, 0.36),
        ]
    )
    return _sized(moved(turned([revolved(body, skin)], 88, "z"), y=0.235), size)


def half_lemon(size: float = 1.0) -> Form:
    """Half a lemon with its cut side up."""
    skin = Material("lemon", gloss=0.4, rough=0.35, mottle=0.08, fine=20, seed=73)
    pith, flesh = (
        Material("milk", gloss=0.2, rough=0.5),
        Material("lemon", gloss=0.5, rough=0.25, mottle=0.3, fine=24),
    )
    cup = smooth([(0, 0.0), (0.07, 0.03), (0.19, 0.14), (0.24, 0.30), (0.235, 0.315)], 60)
    parts = [revolved(cup, skin), revolved(np.array([(0, 0.312), (0.238, 0.312)], np.float32), pith)]
    for number in range(9):
        angle = number * 2 * np.pi / 9
        way = np.linspace(0, 1, 16)
        spine = np.stack(
            [(0.02 + 0.185 * way) * np.cos(angle), 0.318 + 0 * way, (0.02 + 0.185 * way) * np.sin(angle)], -1
        )
        wide = np.clip(0.062 * way**0.8 * np.clip((1 - way) * 5, 0.1, 1) ** 0.5, 0.003, 1)
        parts.append(leaf(spine.astype(np.float32), wide.astype(np.float32), flesh, cup=-0.1))
    return _sized(parts, size)


def egg(size: float = 1.0) -> Form:
    """An egg lying on its side."""
    shell = Material("egg", gloss=0.12, rough=0.5, mottle=0.10, fine=16, seed=74)
    body = smooth([(0, -0.25), (0.13, -0.20), (0.195, -0.05), (0.17, 0.12), (0.09, 0.23), (0, 0.27)])
    return _sized(moved(turned([revolved(body, shell)], 84, "z"), y=0.196), size)


def plum(size: float = 1.0) -> Form:
    """A plum with its bloom."""
    skin = Material("plum", gloss=0.3, rough=0.5, mottle=0.30, fine=5, seed=75)
    body = smooth(
        [(0, 0.01), (0.10, 0.0), (0.20, 0.10), (0.21, 0.22), (0.13, 0.37), (0.03, 0.385), (0, 0.37)]
    )
    return _sized([revolved(body, skin)], size)


def loaf(size: float = 1.0) -> Form:
    """A loaf with three cuts in its crust."""
    crust = Material("crust", gloss=0.08, rough=0.7, mottle=0.30, fine=4, seed=76)
    angle, way = np.meshgrid(np.linspace(0, 2 * np.pi, 200), np.linspace(-1, 1, 200), indexing="ij")
    girth = 0.42 * np.clip(1 - np.abs(way) ** 2.6, 0, 1) ** 0.5
    cuts = sum(np.exp(-(((way - at - 0.22 * np.cos(angle)) / 0.05) ** 2)) for at in (-0.45, 0.05, 0.5))
    up = np.clip(np.sin(angle), 0, 1)
    girth = girth * (1 - 0.16 * cuts * up)
    y = girth * np.sin(angle)
    places = np.stack(
        [way * 0.95, np.where(y < 0, y * 0.45, y * 0.92), girth * np.cos(angle) * 1.05], -1
    ).astype(np.float32)
    bumps = noise(places.reshape(-1, 3), 5, 77).reshape(places.shape[:2])
    places[..., 1] += (0.02 * bumps * up).astype(np.float32)
    return _sized(moved([sheet(places, crust)], y=0.16), size)


def books(*colours: str) -> Form:
    """A pile of cloth-bound books, one of each colour."""
    parts: Form = []
    base = 0.0
    for number, colour in enumerate(colours):
        wide, thick = 1.3 - 0.06 * number, 0.16 + 0.03 * (number % 2)
        parts += moved(
            turned(book(wide, thick, 0.92 - 0.04 * number, colour, number), 5 - 6 * number), y=base
        )
        base += thick
    return parts


def book(wide: float, thick: float, deep: float, colour: str, seed: int = 0) -> Form:
    """A closed book lying flat, its back to the left."""
    cover = Cloth(threads=90, seed=80 + seed, own=(("cloth", colour),))
    page = Material("page", rough=0.8, mottle=0.10, fine=60, seed=81)
    inner = moved(block(wide - 0.07, thick - 0.05, deep - 0.08, 0.01, page), y=0.025, x=-0.015)
    top = moved(block(wide, 0.026, deep, 0.012, cover), y=thick - 0.026)
    back = moved(block(0.03, thick, deep, 0.012, cover), x=-wide / 2 + 0.012)
    return [*block(wide, 0.026, deep, 0.012, cover), *top, *back, *inner]


def branch(tall: float = 1.5, seed: int = 0) -> Form:
    """A branch of long leaves that stands in a vase."""
    green = Material("leaf", gloss=0.25, rough=0.45, fine=5, mottle=0.2)
    rng = np.random.default_rng(100 + seed)
    path = smooth([(0, 0, 0), (0.02, tall * 0.4, 0), (0.10, tall * 0.75, 0.03), (0.24, tall, 0.0)], 60)
    parts: Form = [tube(path, np.linspace(0.016, 0.006, 60), STEM, sides=8)]
    for number, at in enumerate(range(24, 60, 3)):
        side = 1 if number % 2 else -1
        root, size = path[at], 0.30 - 0.0025 * at
        out = np.array([side * 0.8, 0.55, rng.uniform(-0.5, 0.6)])
        way = np.linspace(0, 1, 24)[:, None]
        spine = root + out * way * size + np.array([0, -0.5, 0.1]) * (way * size) ** 2 * 2
        width = size * 0.20 * np.sin(np.pi * np.clip(way[:, 0] * 0.97 + 0.03, 0, 1)) ** 0.8
        tilt = np.array([-side * 0.5, 0.75, 0.5])
        parts.append(leaf(spine.astype(np.float32), width.astype(np.float32), green, cup=0.15, up=tilt))
    return parts


def _sized(form: Form, size: float) -> Form:
    return stretched(form, size, size, size)
