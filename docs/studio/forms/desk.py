"""What lies on the desk."""

import numpy as np

from studio.curves import smooth
from studio.forms.props import book
from studio.materials import Cloth, Glazed, Material, Wood
from studio.mesh import Form, Part, moved, normals_of, sheet, turned
from studio.shapes import block, revolved, tube, vessel

BRASS = Material("plate", gloss=0.5, metal=0.7, rough=0.22, mottle=0.04)


def cloth_notebook() -> Form:
    """Three notebooks in a pile, sewn and bound in cloth, with a ribbon and a label."""
    cover = Cloth(threads=95, seed=131)
    page = Material("page", rough=0.8, mottle=0.12, fine=60, seed=132)
    ribbon = Cloth("ribbon", threads=120, seed=133)
    parts: Form = []
    for number, angle in enumerate((12, -9, 22)):
        base = 0.165 * number
        one: Form = [
            *block(0.98, 0.022, 1.36, 0.01, cover),
            *moved(block(0.98, 0.022, 1.36, 0.01, cover), y=0.138),
        ]
        one += moved(block(0.93, 0.12, 1.30, 0.008, page), y=0.02, x=0.012)
        one += moved(block(0.035, 0.16, 1.36, 0.016, cover), x=-0.485)
        tail = smooth([(0.02, 0.075, 0.60), (0.03, 0.06, 0.74), (0.0, -0.02 + 0.0 * number, 0.86)], 40)
        one.append(tube(tail, 0.022, ribbon, flat=0.12, sides=12))
        parts += moved(turned(one, angle), y=base)
    label = moved(
        block(0.46, 0.006, 0.26, 0.002, Material("label", rough=0.8, mottle=0.03), 10),
        y=0.33 + 0.158,
        z=-0.28,
    )
    parts += turned(label, 22)
    return parts


def pencil_pot() -> Form:
    """A pot with cut facets, and pencils in it."""
    outer = smooth([(0, 0), (0.26, 0), (0.293, 0.02), (0.305, 0.10), (0.31, 0.35), (0.30, 0.66)])
    glaze = Glazed(dip=0.13, lip=0.65, seed=134)
    parts: Form = [_faceted(part) for part in vessel(outer, 0.028, glaze, 360)]
    for number, (turn, lean, tall) in enumerate(
        ((0.4, 12, 1.25), (1.7, 14, 1.12), (2.8, 10, 1.32), (3.9, 15, 1.18), (5.2, 13, 1.06))
    ):
        one = turned(turned(_pencil(tall, number), -lean, "z"), -np.degrees(turn))
        parts += moved(one, y=0.05)
    return parts


def _faceted(part: Part) -> Part:
    x, y, z = part.points.T
    angle = np.arctan2(z, x)
    near = (angle + np.pi / 10) % (np.pi / 5) - np.pi / 10
    flat = np.where(np.hypot(x, z) > 0.281, np.cos(np.pi / 10) / np.cos(near), 1)
    fade = np.clip((y - 0.10) * 8, 0, 1) * np.clip((0.60 - y) * 8, 0, 1)
    share = 1 + (flat - 1) * fade
    points = np.stack([x * share, y, z * share], -1).astype(np.float32)
    return Part(points, normals_of(points, part.faces), part.faces, part.rest, part.material)


def _pencil(tall: float, number: int) -> Form:
    paint = Material(
        ("pencil", "pencil2", "pencil", "pencil3", "pencil2")[number], gloss=0.5, rough=0.25, mottle=0.03
    )
    shaft = revolved(np.array([(0, 0), (0.036, 0), (0.036, tall - 0.14)], np.float32), paint, 6)
    cone = revolved(
        np.array([(0.036, tall - 0.14), (0.010, tall - 0.025)], np.float32),
        Wood("pale", along="y", seed=135),
        30,
    )
    lead = revolved(
        np.array([(0.011, tall - 0.03), (0.0, tall)], np.float32), Material("black", rough=0.4), 20
    )
    return [shaft, cone, lead]


def bookends() -> Form:
    """Two half moons of brass with a row of books between them."""
    parts: Form = []
    colours = ("#7a5a48", "#a9573a", "#c9b38c", "#48536a", "#858460", "#d9c7a6")
    x = -0.50
    for number, colour in enumerate(colours):
        thick = (0.15, 0.20, 0.12, 0.22, 0.16, 0.14)[number]
        tall, deep = (1.02, 1.14, 0.92, 1.10, 0.98, 1.06)[number], (0.72, 0.80, 0.66, 0.78, 0.7, 0.74)[number]
        standing = turned(book(deep, thick, tall, colour, number), 90, "x")
        standing = turned(standing, 90)
        standing = _seated(standing)
        parts += moved(standing, x=x + thick / 2, z=0.40 - deep / 2)
        x += thick + 0.004
    for side, place in ((-1, -0.52), (1, x + 0.015)):
        parts += moved(_half_moon(side), x=place)
    return turned(parts, 28)


def _seated(form: Form) -> Form:
    points = np.vstack([part.points for part in form])
    low, high = points.min(0), points.max(0)
    return moved(form, x=-(low[0] + high[0]) / 2, y=-low[1], z=-(low[2] + high[2]) / 2)


def _half_moon(side: int) -> Form:
    """A standing half disc, and a thin plate that goes under the books."""
    turn, share = np.meshgrid(np.linspace(0, np.pi, 90), np.linspace(0, 1, 14), indexing="ij")
    parts: Form = []
    for face in (0, 1):
        places = np.stack(
            [
                np.full_like(turn, side * 0.045 * face),
                share * 0.62 * np.sin(turn),
                share * 0.42 * np.cos(turn),
            ],
            -1,
        )
        parts.append(sheet(places.astype(np.float32), BRASS))
    rim = np.stack(
        [
            np.stack(
                [np.full(90, side * 0.045 * s), 0.62 * np.sin(turn[:, 0]), 0.42 * np.cos(turn[:, 0])], -1
            )
            for s in np.linspace(0, 1, 5)
        ],
        1,
    )
    parts.append(sheet(rim.astype(np.float32), BRASS))
    return [*parts, *moved(block(0.10, 0.012, 0.84, 0.004, BRASS, 10), x=side * 0.02)]
