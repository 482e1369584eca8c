"""What is woven."""

import numpy as np

from studio.curves import even, smooth
from studio.materials import Cloth, Material
from studio.mesh import Floats, Form, Part, moved, sheet, turned
from studio.noise import noise
from studio.shapes import tube

TWINE = Material("twine", rough=0.7, mottle=0.3, fine=40)


def folded(width: float, depth: float, layers: int, thick: float, cloth: Cloth, waffle: float = 0.0) -> Part:
    """A cloth folded to and fro, its bends to the front; `waffle` is how deep its squares are."""
    line = _to_and_fro(depth, layers, thick)
    ahead = np.gradient(line, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    outward = np.stack([-ahead[:, 1], ahead[:, 0]], -1)
    x = np.linspace(-0.5, 0.5, 300)
    far = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    skin = []
    for side, offset in ((1, thick * 0.46), (-1, thick * 0.46)):
        lift = offset + _squares(x * width, far) * waffle
        skin.append(line[None] + side * outward[None] * lift[..., None])
    loop = np.concatenate([skin[0], skin[1][:, ::-1]], 1)
    loop = np.concatenate(
        [loop[:1] * 0.5 + loop[:1, ::-1] * 0.5, loop, loop[-1:] * 0.5 + loop[-1:, ::-1] * 0.5]
    )
    x = np.concatenate([x[:1], x, x[-1:]])  # The first and last rows close the ends.
    wide = (width * x)[:, None] * (1 + 0.012 * np.sin(loop[..., 1] / thick * 2.4 + 1))
    places = np.stack([wide, loop[..., 1], loop[..., 0]], -1)
    return sheet(_slack(places, thick), cloth, along=True)


def _to_and_fro(depth: float, layers: int, thick: float) -> Floats:
    """The path of the cloth, seen from its side: (front to back, height)."""
    places: list[tuple[float, float]] = []
    for layer in range(layers):
        y, toward = thick * (layer + 0.5), 1 if layer % 2 == 0 else -1
        reach = depth / 2 - thick / 2
        run = [(-toward * reach * share, y) for share in (1, 0.5, 0, -0.5, -1)]
        places += run
        if layer < layers - 1:
            angle = np.linspace(-np.pi / 2, np.pi / 2, 8)[1:-1]
            places += [
                (toward * (reach + thick / 2 * np.cos(a)), y + thick / 2 * (1 + np.sin(a))) for a in angle
            ]
    return even(np.array(places), 150 * layers)


def _squares(x: Floats, far: Floats) -> Floats:
    ridge = np.maximum(np.cos(x * 74)[:, None], np.cos(far * 74)[None])
    return np.clip(ridge, -0.4, 1)


def _slack(places: Floats, thick: float) -> Floats:
    """Cloth gives way a little everywhere, the more the higher it lies."""
    flat = places.reshape(-1, 3).astype(np.float32)
    share = np.clip(flat[:, 1] / thick, 0, 4) * 0.5
    for axis, amount in ((0, 0.22), (1, 0.20), (2, 0.26)):
        flat[:, axis] += (noise(flat * [1.0, 1.6, 1.0], 2.2, 30 + axis) - 0.5) * thick * amount * share
    return flat.reshape(places.shape)


def waffle_towel() -> Form:
    """A thick towel, folded into a pile of four."""
    return turned([folded(1.25, 1.0, 5, 0.15, Cloth(threads=110), waffle=0.012)], 24)


def linen_napkins() -> Form:
    """Four napkins, tied with twine."""
    parts: Form = []
    for number, angle in enumerate((20, 23, 18, 22)):
        one = folded(1.1, 1.1, 2, 0.035, Cloth(threads=75, seed=number))
        parts += moved(turned([one], angle), y=0.075 * number, x=0.012 * (number % 2), z=0.01 * number)
    top = 0.075 * 4
    for way in (0, 90):
        loop = smooth(
            [
                (0.57, 0.04, 0),
                (0.575, top * 0.7, 0),
                (0.5, top + 0.015, 0),
                (0, top + 0.02, 0),
                (-0.5, top + 0.015, 0),
                (-0.575, top * 0.7, 0),
                (-0.57, 0.04, 0),
            ],
            120,
        )
        parts.append(tube(loop, 0.013, TWINE, sides=10).turned(21 + way))
    return parts + turned(moved(_bow(), y=top + 0.03), 40)


def _bow() -> Form:
    parts = []
    for side in (-1, 1):
        ear = smooth(
            [
                (0, 0, 0),
                (side * 0.10, 0.05, 0.05),
                (side * 0.21, 0.05, 0.04),
                (side * 0.20, 0.03, -0.05),
                (side * 0.08, 0.02, -0.02),
                (0, 0, 0),
            ],
            50,
        )
        end = smooth(
            [(0, 0, 0), (side * 0.08, 0.02, 0.1), (side * 0.12, 0.0, 0.22), (side * 0.2, -0.01, 0.3)], 40
        )
        parts += [tube(ear, 0.012, TWINE, sides=10), tube(end, 0.012, TWINE, sides=10)]
    return parts


def wool_throw() -> Form:
    """A heavy throw with a stripe and a fringe."""
    cloth = Cloth(threads=42, stripes=((0.30, 0.36), (0.40, 0.52)), across=0)
    parts: Form = [folded(1.35, 1.05, 4, 0.17, cloth)]
    rng = np.random.default_rng(3)
    for x in np.linspace(-0.66, 0.66, 40):
        sway = rng.uniform(-0.02, 0.02)
        ends = smooth(
            [
                (x, 0.64, 0.44),
                (x, 0.64, 0.53),
                (x + sway * 0.6, 0.55, 0.59 + sway),
                (x + sway, 0.40, 0.60 + sway),
            ],
            24,
        )
        parts.append(tube(ends, np.linspace(0.014, 0.009, 24), Cloth("fringe", threads=42), sides=8))
    return turned(parts, 22)
