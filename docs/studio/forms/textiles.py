"""More of what is woven and sewn."""

import numpy as np

from studio.curves import even, smooth
from studio.materials import Cloth, Wood, Woven
from studio.mesh import Form, Part, grounded, moved, sheet, turned
from studio.noise import noise
from studio.shapes import revolved, tube


def linen_cushion() -> Form:
    """A square cushion, full in its middle, with a piped edge, leaning back."""
    u, v = np.meshgrid(np.linspace(-1, 1, 200), np.linspace(-1, 1, 200), indexing="ij")
    pull = 1 - 0.06 * (1 - v**2) * np.abs(u) ** 3, 1 - 0.06 * (1 - u**2) * np.abs(v) ** 3
    full = ((1 - np.abs(u) ** 2.4) * (1 - np.abs(v) ** 2.4)).clip(0, 1) ** 0.62
    x, y = u * pull[0] * 0.8, v * pull[1] * 0.8
    flat = np.stack([x, y, 0 * x], -1).reshape(-1, 3).astype(np.float32)
    crease = (noise(flat, (2.5, 2.5, 1), 41) - 0.5).reshape(x.shape) * 0.07 * full
    radial = (
        0.012 * np.sin(np.arctan2(v, u) * 22) * np.exp(-(((np.maximum(abs(u), abs(v)) - 0.86) / 0.12) ** 2))
    )
    cloth = Cloth(threads=85, seed=42)
    parts: Form = []
    for side in (-1, 1):
        z = side * (0.30 * full + crease + radial)
        parts.append(sheet(np.stack([x, y, z], -1).astype(np.float32), cloth))
    rim = np.concatenate(
        [
            np.stack([x, y, 0 * x], -1)[edge]
            for edge in (
                (slice(None), 0),
                (-1, slice(None)),
                (slice(None, None, -1), -1),
                (0, slice(None, None, -1)),
            )
        ]
    )
    parts.append(tube(even(rim, 500), 0.018, cloth, sides=10))
    return grounded(turned(turned(parts, -24, "x"), 24))


def striped_rug() -> Form:
    """A rug rolled up, its end and its fringe to the front."""
    thick, turns = 0.085, 4.6
    angle = np.linspace(0, 2 * np.pi * turns, 900)
    radius = 0.06 + thick * 1.04 * angle / (2 * np.pi)
    outer = radius[-1]
    spiral = np.stack([radius * np.sin(angle[-1] - angle), outer - radius * np.cos(angle[-1] - angle)], -1)
    tail = np.stack([np.linspace(0.01, 0.75, 150), np.full(150, 0.0)], -1)
    line = even(np.vstack([spiral[:, :] * [1, 1], tail]), 1100)
    ahead = np.gradient(line, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    outward = np.stack([-ahead[:, 1], ahead[:, 0]], -1)
    x = np.linspace(-0.95, 0.95, 160)
    skins = [line + side * outward * thick * 0.44 for side in (1, -1)]
    loop = np.concatenate([skins[0], skins[1][::-1]])
    wide = np.concatenate([x[:1], x, x[-1:]])[:, None]
    places = np.stack(
        [
            np.broadcast_to(wide, (162, len(loop))),
            np.broadcast_to(loop[:, 1], (162, len(loop))),
            np.broadcast_to(loop[:, 0], (162, len(loop))),
        ],
        -1,
    ).copy()
    places[0, :, 1:], places[-1, :, 1:] = (
        np.tile(np.concatenate([line, line[::-1]])[:, ::-1], (1, 1)),
        np.concatenate([line, line[::-1]])[:, ::-1],
    )
    far = np.concatenate([np.linspace(0, 1, len(line)), np.linspace(1, 0, len(line))]) * 9
    rug = Woven(threads=34, seed=44)
    body = sheet(places.astype(np.float32), rug, along=True)
    rest = np.stack(
        [
            np.broadcast_to(far, (162, len(loop))),
            np.broadcast_to(wide, (162, len(loop))),
            np.zeros((162, len(loop))),
        ],
        -1,
    ).reshape(-1, 3)
    body = Part(body.points, body.normals, body.faces, rest.astype(np.float32), rug)
    parts: Form = [body]
    rng = np.random.default_rng(4)
    for place in np.linspace(-0.93, 0.93, 44):
        sway = rng.uniform(-0.03, 0.03)
        ends = smooth(
            [(place, 0.0, 0.74), (place + sway, -0.01, 0.84), (place + sway * 1.5, -0.025, 0.95)], 16
        )
        parts.append(tube(ends, np.linspace(0.017, 0.010, 16), Cloth("fringe", threads=42), sides=8))
    return grounded(turned(parts, 34))


def market_bag() -> Form:
    """A bag of canvas that stands by itself, with two long handles."""
    cloth = Cloth(threads=80, seed=46)
    angle = np.linspace(0, 2 * np.pi, 400, endpoint=False)
    rows = []
    for way in np.linspace(0, 1, 160):
        wide, deep = 0.60 + 0.04 * way, 0.30 - 0.17 * way**1.3 + 0.03 * np.sin(way * 5)
        power = 0.45 + 0.25 * way
        x = np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** power * wide
        z = np.sign(np.sin(angle)) * np.abs(np.sin(angle)) ** power * deep
        z = z + 0.022 * np.sin(x * 9 + way * 7) * np.sin(way * np.pi)
        x = x + 0.012 * np.sin(way * 17 + 3 * z)
        rows.append(np.stack([x, np.full_like(x, 1.25 * way), z], -1))
    skin = np.stack(rows, 1).astype(np.float32)
    parts: Form = [
        sheet(skin, cloth, around=True),
        sheet(skin * np.array([0.975, 1, 0.94], np.float32), cloth, around=True),
    ]
    bottom = np.stack([skin[:, 0] * share for share in np.linspace(1, 0, 10)], 1)
    parts.append(sheet(bottom.astype(np.float32), cloth, around=True))
    for z, lean in ((0.145, 0.10), (-0.145, -0.06)):
        strap = smooth(
            [
                (-0.28, 0.98, z * 1.14),
                (-0.27, 1.25, z),
                (-0.24, 1.55, z + lean * 0.5),
                (0, 1.82, z + lean),
                (0.24, 1.55, z + lean * 0.5),
                (0.27, 1.25, z),
                (0.28, 0.98, z * 1.14),
            ],
            200,
        )
        parts.append(tube(strap, 0.052, Cloth("strap", threads=80, seed=47), flat=0.16, wide=1.0, sides=20))
    return turned(parts, 28)


def linen_apron() -> Form:
    """An apron with a pocket, hanging on a peg, seen from the front."""
    down, over = np.meshgrid(np.linspace(0, 1, 300), np.linspace(-1, 1, 240), indexing="ij")
    half = np.interp(down, [0, 0.02, 0.20, 0.30, 0.36, 1.0], [0.26, 0.27, 0.30, 0.40, 0.47, 0.52])
    fold = 0.045 * np.sin(over * 7 + 0.6 * down) * np.clip(down * 1.6 - 0.3, 0, 1) + 0.02 * np.sin(
        over * 15 + 1
    )
    cloth = Cloth(threads=90, seed=48)
    y = 0.09 + fold - 0.05 * down
    parts: Form = [sheet(np.stack([over * half, y, down * 1.62], -1).astype(np.float32), cloth)]
    a, b = np.meshgrid(np.linspace(0.46, 0.72, 60), np.linspace(-0.52, 0.52, 80), indexing="ij")
    place = np.stack(
        [
            np.interp(a.ravel(), [0.36, 1], [0.47, 0.52]) * b.ravel(),
            0.105
            + (
                0.045 * np.sin(b * 7 + 0.6 * a) * np.clip(a * 1.6 - 0.3, 0, 1)
                + 0.02 * np.sin(b * 15 + 1)
                - 0.05 * a
            ).ravel(),
            a.ravel() * 1.62,
        ],
        -1,
    )
    parts.append(sheet(place.reshape(*a.shape, 3).astype(np.float32), Cloth(threads=90, seed=49)))
    tape = Cloth("strap", threads=80, seed=47)
    neck = smooth(
        [
            (-0.23, 0.10, 0.03),
            (-0.16, 0.12, -0.22),
            (0.0, 0.20, -0.42),
            (0.16, 0.12, -0.22),
            (0.23, 0.10, 0.03),
        ],
        120,
    )
    parts.append(tube(neck, 0.03, tape, flat=0.22, sides=14))
    for side in (-1, 1):
        tie = smooth(
            [
                (side * 0.46, 0.07, 0.56),
                (side * 0.57, 0.05, 0.60),
                (side * 0.60, 0.04, 0.85),
                (side * 0.56, 0.05, 1.1),
                (side * 0.60, 0.04, 1.32),
            ],
            120,
        )
        parts.append(tube(tie, 0.026, tape, flat=0.25, sides=14))
    peg = smooth([(0, 0), (0.05, 0), (0.045, 0.1), (0.045, 0.22), (0.085, 0.29), (0.08, 0.33), (0, 0.35)], 80)
    parts += moved([revolved(peg, Wood(along="y", seed=50), 60)], z=-0.40)
    return parts
