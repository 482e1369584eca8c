"""What one eats and stirs with."""

import numpy as np

from studio.curves import smooth
from studio.materials import Glazed, Material, Wood
from studio.mesh import Floats, Form, Part, moved, stretched, turned
from studio.shapes import leaf, revolved, tube, vessel

STEEL = Material("steel", gloss=0.5, metal=0.75, rough=0.16, mottle=0.03, fine=6)
FLAT = np.array([0, 0, 1], np.float32)


def table_cutlery() -> Form:
    """Knife, fork and two spoons side by side, with riveted wooden handles."""
    heads = (_fork(), _knife(), _spoon(0.175, 0.30), _spoon(0.12, 0.21))
    parts: Form = []
    for number, (head, x, up) in enumerate(
        zip(heads, (-0.52, -0.16, 0.22, 0.55), (0, 0, 0, -0.2), strict=True)
    ):
        lying = moved([*_handle(number), *head], y=0.05)
        parts += moved(lying, x=x, z=-up)
    return turned(parts, 14)


def _handle(number: int) -> Form:
    """From the near end, z = 1, to the neck, z = 0."""
    way = np.linspace(0, 1, 60)
    path = np.stack([0 * way, 0.012 * np.cos(way * 3), 1.0 - 0.86 * way], -1).astype(np.float32)
    thick = 0.058 - 0.022 * way
    grip = tube(
        path, thick.astype(np.float32), Wood("handle", along="z", seed=60 + number), flat=0.62, wide=1.15
    )
    brass = Material("brass", gloss=0.5, metal=0.7, rough=0.2)
    pins = [
        revolved(smooth([(0.017, 0.02), (0.015, 0.042), (0, 0.045)], 10), brass, 16).moved(z=z)
        for z in (0.36, 0.74)
    ]
    neck = tube(
        np.array([(0, 0.01, 0.2), (0, 0.012, 0.05), (0, 0.004, -0.22)], np.float32), 0.021, STEEL, flat=0.7
    )
    return [grip, *pins, neck]


def _blade(places: Floats, width: Floats, cup: float) -> Part:
    return leaf(places.astype(np.float32), np.maximum(width, 0.002).astype(np.float32), STEEL, cup=cup)


def _knife() -> Form:
    way = np.linspace(0, 1, 80)
    spine = np.stack([0.02 * way, 0 * way, -0.15 - 1.0 * way], -1)
    return [_blade(spine, 0.062 * np.clip((1 - way) * 7, 0, 1) ** 0.5 * np.clip(0.45 + way * 5, 0, 1), 0.12)]


def _spoon(wide: float, long: float) -> Form:
    way = np.linspace(0, 1, 80)
    spine = np.stack([0 * way, 0.01 - 0.05 * np.sin(np.pi * way), -0.18 - 2 * long * way], -1)
    return [_blade(spine, wide * np.clip(1 - np.abs(2 * way**0.8 - 1) ** 2.4, 0, 1) ** 0.5, 0.30)]


def _fork() -> Form:
    way = np.linspace(0, 1, 60)
    spine = np.stack([0 * way, 0.01 - 0.03 * way, -0.18 - 0.34 * way], -1)
    parts: Form = [_blade(spine, 0.115 * np.sin(np.pi / 2 * np.clip(way * 1.35, 0.05, 1)) ** 0.8, 0.10)]
    for x in (-0.094, -0.032, 0.032, 0.094):
        tine = smooth(
            [(x, -0.012, -0.48), (x, -0.03, -0.66), (x * 0.96, -0.005, -0.84), (x * 0.94, 0.03, -0.94)], 40
        )
        parts.append(tube(tine, np.linspace(0.020, 0.010, 40), STEEL, sides=12))
    return parts


def wooden_spoons() -> Form:
    """A spoon, a spatula and a slotted one in a pot beside the stove."""
    pot = smooth([(0, 0), (0.29, 0), (0.322, 0.02), (0.336, 0.10), (0.345, 0.3), (0.33, 0.62)])
    parts = vessel(pot, 0.03, Glazed(dip=0.14, lip=0.61, seed=61))
    for number, (angle, lean, tall, kind) in enumerate(
        ((100, 13, 1.62, 0), (215, 15, 1.5, 1), (335, 15, 1.42, 2))
    ):
        one = turned(turned(_stirrer(number, tall, kind), -lean, "z"), angle)
        parts += moved(one, y=0.06)
    return parts


def _stirrer(number: int, tall: float, kind: int) -> Form:
    wood = Wood(("wood", "dark wood", "pale")[number], along="y", seed=64 + number)
    stem = tube(
        smooth([(0, 0.0, 0), (0, tall * 0.5, 0), (0, tall - 0.2, 0)], 40), np.linspace(0.034, 0.028, 40), wood
    )
    if kind == 1:
        way = np.linspace(0, 1, 50)
        spine = np.stack([0 * way, tall - 0.34 + 0.5 * way, 0 * way], -1).astype(np.float32)
        flat = 0.05 + 0.10 * np.clip(way * 1.6, 0, 1) ** 0.7 * np.clip((1.04 - way) * 20, 0, 1)
        return [stem, tube(spine, flat.astype(np.float32), wood, flat=1.0, wide=0.16)]
    wide = 0.15 if kind == 0 else 0.13
    bowl = smooth([(0, -0.20), (0.08, -0.18), (wide, 0.0), (0.09, 0.18), (0, 0.21)], 80)
    head = stretched([revolved(bowl, wood, 60)], 0.34 if kind == 0 else 0.22, 1.0, 1.0)
    return [stem, *moved(head, y=tall - 0.1)]
