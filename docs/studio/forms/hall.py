"""What stands and hangs in the house: a clock, a shelf, a print, a stool; and what lies beside the basin."""

import numpy as np

from studio.curves import smooth
from studio.materials import Glazed, Material, Wood
from studio.mesh import Form, moved, sheet, turned
from studio.noise import layered, noise
from studio.shapes import block, leaf, revolved, tube, vessel

BRASS = Material("brass", gloss=0.5, metal=0.7, rough=0.2, mottle=0.04)
BLACK = Material("black", gloss=0.2, rough=0.5)


def wall_clock() -> Form:
    """A round face in a rim of ash, ten past ten, as it hangs on the wall."""
    rim = smooth(
        [(0.60, 0.0), (0.71, 0.0), (0.74, 0.02), (0.74, 0.13), (0.72, 0.16), (0.67, 0.16), (0.645, 0.10)], 160
    )
    face = np.array([(0, 0.085), (0.66, 0.085)], np.float32)
    parts: Form = [
        revolved(rim, Wood(along="y", seed=111, rings=5)),
        revolved(face, Glazed(dip=-1, seed=112, speckle=0.5, ripple=0.02)),
    ]
    mark = Material("mark", gloss=0.2, rough=0.5, mottle=0.02)
    for hour in range(12):
        long = 0.13 if hour % 3 == 0 else 0.07
        tick = moved(
            block(0.022 if hour % 3 else 0.032, 0.012, long, 0.004, mark, 10), z=-0.58 + long / 2, y=0.084
        )
        parts += turned(tick, -30 * hour)
    for degrees, long, wide in ((-305, 0.34, 0.034), (-60, 0.50, 0.024)):
        hand = moved(
            block(wide, 0.014, long + 0.08, 0.006, mark, 12),
            z=-long / 2 + 0.04,
            y=0.105 if long < 0.4 else 0.122,
        )
        parts += turned(hand, degrees)
    parts.append(revolved(smooth([(0, 0.155), (0.028, 0.15), (0.032, 0.09), (0, 0.09)], 30), BRASS, 30))
    return parts


def wall_shelf() -> Form:
    """A board on two brackets, with a few things on it, seen from the front."""
    plank = moved(block(1.5, 0.08, 0.46, 0.015, Wood(along="x", seed=113, rings=7)), y=0.62, z=0.23)
    parts: Form = [*plank]
    for x in (-0.52, 0.52):
        arm = smooth([(x, 0.60, 0.40), (x, 0.50, 0.34), (x, 0.30, 0.10), (x, 0.14, 0.04)], 50)
        parts.append(tube(arm, 0.034, BRASS, sides=16))
        parts.append(
            tube(
                np.array([(x, 0.10, 0.03), (x, 0.35, 0.03), (x, 0.60, 0.03)], np.float32),
                0.032,
                BRASS,
                sides=16,
            )
        )
    return parts


def hung(form: Form) -> Form:
    """A form that was made standing before a wall, laid down so that the wall is the ground."""
    return turned(form, -90, "x")


def botanical_print(*, seaweed: bool = False) -> Form:
    """A pressed plant on cream paper in a frame of ash, as it hangs on the wall."""
    wide, high, bar = 1.16, 1.5, 0.075
    parts: Form = []
    for x, z, w, d, along in (
        (0, -high / 2, wide + bar, bar, "x"),
        (0, high / 2, wide + bar, bar, "x"),
        (-wide / 2, 0, bar, high - bar, "z"),
        (wide / 2, 0, bar, high - bar, "z"),
    ):
        parts += moved(block(w, 0.11, d, 0.012, Wood(along=along, seed=115 + int(10 * abs(x)))), x=x, z=z)
    parts += block(wide, 0.03, high, 0.004, Material("label", rough=0.8, mottle=0.03, fine=30))
    return [*parts, *moved(_seaweed() if seaweed else _fern(), y=0.036)]


def _fern() -> Form:
    ink = Material("print", rough=0.9, mottle=0.22, fine=6)
    spine = smooth([(0.06, 0, 0.56), (0.02, 0, 0.25), (-0.02, 0, -0.1), (0.05, 0, -0.56)], 80)
    parts: Form = [tube(spine, np.linspace(0.010, 0.004, 80), ink, sides=8)]
    for at in range(8, 79, 3):
        long = 0.40 * np.sin(np.pi * (0.12 + 0.86 * (at / 80)) ** 0.8) + 0.03
        for side in (-1, 1):
            way = np.linspace(0, 1, 20)
            place = spine[at] + np.stack(
                [side * long * way, 0 * way, -0.35 * long * way - 0.10 * long * way**2], -1
            )
            wide = 0.030 * (1 - way) ** 0.6 * (1 + 0.25 * np.sin(way * 26)) * np.clip(way * 8, 0.3, 1)
            parts.append(
                leaf(place.astype(np.float32), np.maximum(wide, 0.002).astype(np.float32), ink, cup=0.0)
            )
    return parts


def _seaweed() -> Form:
    """Long blades with wavy edges that part above a holdfast."""
    ink = Material("print", rough=0.9, mottle=0.25, fine=5)
    way = np.linspace(0, 1, 90)
    parts: Form = []
    for number, (lean, long) in enumerate(
        ((-0.62, 0.78), (-0.38, 0.98), (-0.13, 1.12), (0.12, 1.06), (0.36, 0.92), (0.60, 0.74))
    ):
        sway = 0.035 * np.sin(way * 9 + number * 1.7) * way
        spine = np.stack(
            [0.02 * lean + lean * 0.62 * way**1.25 + sway, 0.0006 * number + 0 * way, 0.56 - long * way], -1
        )
        wide = (
            0.050
            * np.clip(way * 3.2, 0.16, 1)
            * np.clip((1 - way) * 4, 0, 1) ** 0.6
            * (1 + 0.16 * np.sin(way * 46 + number))
        )
        parts.append(leaf(spine.astype(np.float32), np.maximum(wide, 0.002).astype(np.float32), ink, cup=0.0))
    for number in range(7):
        root = smooth([(0, 0, 0.54), ((number - 3) * 0.025, 0, 0.59), ((number - 3) * 0.045, 0, 0.63)], 12)
        parts.append(tube(root, 0.008, ink, sides=6))
    return parts


def milking_stool() -> Form:
    """A round seat, a little hollow, on three legs that stand apart."""
    seat = smooth(
        [(0, 0.735), (0.30, 0.745), (0.44, 0.775), (0.475, 0.765), (0.48, 0.72), (0.44, 0.685), (0, 0.68)],
        160,
    )
    parts: Form = [revolved(seat, Wood(along="x", seed=118, rings=8))]
    for number, turn in enumerate((0.5, 0.5 + 2 * np.pi / 3, 0.5 + 4 * np.pi / 3)):
        x, z = np.cos(turn), np.sin(turn)
        way = np.linspace(0, 1, 60)
        leg = np.stack([x * (0.50 - 0.24 * way), 0.70 * way + 0.035, z * (0.50 - 0.24 * way)], -1)
        thick = 0.045 + 0.016 * np.sin(np.pi * way) + 0.004 * np.sin(way * 30) * (way > 0.6)
        parts.append(
            tube(
                leg.astype(np.float32), thick.astype(np.float32), Wood(along="y", seed=119 + number), sides=30
            )
        )
        pin = revolved(
            np.array([(0, 0.0), (0.045, 0.0)], np.float32), Wood("dark wood", along="x", seed=122), 30
        )
        parts.append(pin.moved(x * 0.26, 0.750, z * 0.26))
    return parts


def pump_bottle() -> Form:
    """A round-shouldered bottle with a brass pump."""
    body = smooth(
        [
            (0, 0),
            (0.25, 0),
            (0.29, 0.03),
            (0.30, 0.30),
            (0.29, 0.58),
            (0.20, 0.72),
            (0.10, 0.77),
            (0.10, 0.82),
        ]
    )
    collar = smooth(
        [(0, 0.80), (0.125, 0.80), (0.13, 0.82), (0.13, 0.92), (0.12, 0.935), (0.05, 0.94), (0, 0.94)], 80
    )
    head = smooth([(0, 1.06), (0.085, 1.06), (0.095, 1.075), (0.095, 1.13), (0.08, 1.145), (0, 1.15)], 60)
    nozzle = smooth([(0, 1.105, 0), (0.16, 1.11, 0), (0.30, 1.095, 0), (0.345, 1.04, 0), (0.35, 1.0, 0)], 50)
    stem = tube(np.array([(0, 0.92, 0), (0, 1.0, 0), (0, 1.08, 0)], np.float32), 0.04, BRASS)
    parts = [
        *vessel(body, 0.024, Glazed(dip=0.12, lip=9, seed=123)),
        revolved(collar, BRASS, 80),
        revolved(head, BRASS, 80),
    ]
    return turned([*parts, stem, tube(nozzle, np.linspace(0.036, 0.026, 50), BRASS)], -28)


def sea_sponge() -> Form:
    """A sponge, round and full of holes."""
    turn, rise = np.meshgrid(
        np.linspace(0, 2 * np.pi, 700), np.linspace(-np.pi / 2, np.pi / 2, 400), indexing="ij"
    )
    ball = (
        np.stack([np.cos(rise) * np.cos(turn), np.sin(rise), np.cos(rise) * np.sin(turn)], -1)
        .reshape(-1, 3)
        .astype(np.float32)
    )
    lump = layered(ball, 1.1, 124) - 0.5
    pits = (
        np.clip(noise(ball, 6.5, 125) - 0.60, 0, 1) * 1.1 + np.clip(noise(ball, 13, 126) - 0.58, 0, 1) * 0.5
    )
    radius = 0.52 * (1 + 0.30 * lump) + 0.012 * noise(ball, 40, 127) - 0.55 * np.clip(pits, 0, 0.26)
    places = (ball * radius[:, None] * np.array([1.15, 0.85, 1.0], np.float32)).reshape(*turn.shape, 3)
    sponge = Material("sponge", gloss=0.02, rough=0.9, mottle=0.30, fine=20)
    part = sheet(places, sponge, along=False)
    return moved([part], y=-float(part.points[:, 1].min()) - 0.01)
