"""The few ways in which nearly everything in the shop is shaped."""

from dataclasses import replace

import numpy as np

from studio.curves import even, walled
from studio.materials import Glazed, Material
from studio.mesh import Floats, Form, Part, sheet, unit


def revolved(outline: Floats, material: Material, sides: int = 240) -> Part:
    """An outline of (radius, height) turned on the wheel."""
    angle = np.linspace(0, 2 * np.pi, sides, endpoint=False)[:, None]
    radius, height = outline[None, :, 0], outline[None, :, 1]
    across = radius * np.cos(angle), np.broadcast_to(height, (sides, len(outline))), radius * np.sin(angle)
    return sheet(np.stack(across, -1), material, around=True)


def vessel(outer: Floats, wall: float, glaze: Glazed, sides: int = 240) -> Form:
    """A thrown pot from its outer outline: glazed all over within, down to the dip without."""
    outline = walled(outer, wall)
    lip = len(outer) + 4
    inside = replace(glaze, dip=-9.0)
    return [revolved(outline[: lip + 1], glaze, sides), revolved(outline[lip:], inside, sides)]


def tube(
    path: Floats,
    radius: Floats | float,
    material: Material,
    *,
    sides: int = 24,
    flat: float = 1,
    wide: float = 1,
) -> Part:
    """A rod along a path with round ends; `flat` and `wide` make its section an ellipse."""
    path = np.asarray(path, np.float32)
    thick = np.broadcast_to(np.asarray(radius, np.float32), len(path)).copy()
    path, thick = _round_ends(path, thick)
    ahead = unit(np.gradient(path, axis=0))
    side = _carried_along(ahead)
    up = np.cross(side, ahead)
    angle = np.linspace(0, 2 * np.pi, sides, endpoint=False)[:, None, None]
    ring = wide * np.cos(angle) * side + flat * np.sin(angle) * up
    return sheet(path + ring * thick[:, None], material, around=True)


def _round_ends(path: Floats, thick: Floats) -> tuple[Floats, Floats]:
    turn = np.linspace(0, np.pi / 2, 6, endpoint=False, dtype=np.float32)
    first, last = unit(path[0] - path[1]), unit(path[-1] - path[-2])
    start = path[0] + first * (np.cos(turn) * thick[0])[:, None]
    end = (path[-1] + last * (np.cos(turn) * thick[-1])[:, None])[::-1]
    sizes = np.concatenate([np.sin(turn) * thick[0], thick, (np.sin(turn) * thick[-1])[::-1]])
    return np.vstack([start, path, end]), np.maximum(sizes, 1e-4)


def _carried_along(ahead: Floats) -> Floats:
    """A direction across the path that turns no more than it must."""
    helper = np.eye(3, dtype=np.float32)[np.argmin(np.abs(ahead[0]))]
    side = np.empty_like(ahead)
    side[0] = unit(np.cross(ahead[0], helper))
    for at in range(1, len(ahead)):
        side[at] = unit(side[at - 1] - ahead[at] * (side[at - 1] @ ahead[at]))
    return side


def slab(
    outline: Floats, thickness: float, edge: float, material: Material, hole: Floats | None = None
) -> Part:
    """A flat board lying on the ground: a convex outline with soft edges, perhaps with a hole."""
    ahead = unit(np.roll(outline, -1, 0) - np.roll(outline, 1, 0))
    outward = np.stack([ahead[:, 1], -ahead[:, 0]], -1)
    core = np.repeat(outline.mean(0)[None], len(outline), 0) if hole is None else hole
    turn = np.linspace(np.pi / 2, -np.pi / 2, 14)
    top = outline - outward * edge
    rows = [(core + (top - core) * share, thickness) for share in (0, 0.4, 0.8, 0.97)]
    for angle in turn:
        height = thickness / 2 + (thickness / 2 - edge) * np.sign(np.sin(angle)) + edge * np.sin(angle)
        rows.append((outline - outward * edge * (1 - np.cos(angle)), height))
    rows.append((core, 0.0))
    if hole is not None:
        rows.append((core, thickness))
    flat = [np.insert(line, 1, height, axis=1) for line, height in rows]
    return sheet(np.stack(flat, 1), material, around=True)


def block(width: float, height: float, depth: float, edge: float, material: Material, fine: int = 40) -> Form:
    """A box standing on the ground with round edges and corners."""
    half = np.array([width, height, depth], np.float32) / 2
    line = np.sin(np.linspace(-np.pi / 2, np.pi / 2, fine))  # Closer together where the edges bend.
    parts = []
    for axis in range(3):
        for side in (-1, 1):
            a, b = np.meshgrid(line, line, indexing="ij")
            cube = np.empty((fine, fine, 3), np.float32)
            cube[..., axis] = side
            cube[..., (axis + 1) % 3], cube[..., (axis + 2) % 3] = a * side, b
            parts.append(sheet(_softened(cube * half, half, edge), material).moved(y=height / 2))
    return parts


def _softened(places: Floats, half: Floats, edge: float) -> Floats:
    core = np.clip(places, -(half - edge), half - edge)
    return core + unit(places - core) * edge


def leaf(
    spine: Floats, width: Floats, material: Material, *, cup: float = 0.25, up: Floats | None = None
) -> Part:
    """A blade along a spine, `width` wide at each place, hollow like a boat by `cup`."""
    ahead = unit(np.gradient(spine, axis=0))
    side = unit(np.cross(ahead, np.array([0, 1, 0], np.float32) if up is None else up))
    over = np.cross(side, ahead)
    across = np.linspace(-1, 1, 13)[None, :, None]
    lift = cup * width[:, None, None] * across**2
    return sheet(
        spine[:, None] + side[:, None] * across * width[:, None, None] + over[:, None] * lift, material
    )


def line(*places: tuple[float, float, float], count: int = 24) -> Floats:
    """A straight or broken line through the room."""
    return even(np.array(places, np.float64), count)
