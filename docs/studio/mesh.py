"""Surfaces made of triangles: how they are closed, placed and joined."""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from studio.materials import Material, Palette

Floats: TypeAlias = NDArray[np.float32]
Whole: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True)
class Part:
    """A surface of one material; `rest` is where its points were when it was made, for its texture."""

    points: Floats
    normals: Floats
    faces: Whole
    rest: Floats
    material: Material

    def moved(self, x: float = 0, y: float = 0, z: float = 0) -> "Part":
        """The same part elsewhere."""
        return replace(self, points=self.points + np.array([x, y, z], np.float32))

    def turned(self, degrees: float, axis: str = "y") -> "Part":
        """The same part, turned about an axis of the room."""
        matrix = rotation(degrees, axis)
        return replace(self, points=self.points @ matrix.T, normals=self.normals @ matrix.T)


Form: TypeAlias = list[Part]


def turned(form: Form, degrees: float, axis: str = "y") -> Form:
    """All parts together, turned about an axis of the room."""
    return [part.turned(degrees, axis) for part in form]


def moved(form: Form, x: float = 0, y: float = 0, z: float = 0) -> Form:
    """All parts together elsewhere."""
    return [part.moved(x, y, z) for part in form]


def scaled(form: Form, size: float) -> Form:
    """All parts together, larger or smaller; what they are made of keeps its pattern."""
    return [replace(part, points=(part.points * np.float32(size)).astype(np.float32)) for part in form]


def stretched(form: Form, x: float, y: float, z: float) -> Form:
    """All parts together, wider, taller or deeper."""
    scale = np.array([x, y, z], np.float32)
    return [replace(part, points=part.points * scale, normals=unit(part.normals / scale)) for part in form]


def grounded(form: Form) -> Form:
    """All parts together, so that the lowest just touches the ground."""
    return moved(form, y=-min(float(part.points[:, 1].min()) for part in form))


def dyed(form: Form, palette: Palette) -> Form:
    """All parts in colours of their own, whatever the picture is painted in."""
    own = tuple(palette.items())
    return [replace(part, material=replace(part.material, own=own)) for part in form]


def rotation(degrees: float, axis: str) -> Floats:
    """The matrix that turns about x, y or z."""
    angle = np.radians(degrees)
    matrix = np.eye(3, dtype=np.float32)
    one, other = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix[one, one] = matrix[other, other] = np.cos(angle)
    matrix[one, other], matrix[other, one] = -np.sin(angle), np.sin(angle)
    return matrix


def sheet(places: Floats, material: Material, *, around: bool = False, along: bool = False) -> Part:
    """A surface through a grid of places; `around` and `along` close its first and second direction."""
    rows, columns = places.shape[:2]
    down = np.arange(rows if around else rows - 1)
    over = np.arange(columns if along else columns - 1)
    below, right = (down + 1) % rows, (over + 1) % columns
    corners = [
        (a[:, None] * columns + b[None, :]).reshape(-1)
        for a, b in ((down, over), (below, over), (below, right), (down, right))
    ]
    faces = np.concatenate(
        [
            np.stack([corners[0], corners[1], corners[2]], -1),
            np.stack([corners[0], corners[2], corners[3]], -1),
        ]
    ).astype(np.int32)
    points = places.reshape(-1, 3).astype(np.float32)
    return Part(points, normals_of(points, faces), faces, points, material)


def normals_of(points: Floats, faces: Whole) -> Floats:
    """The mean direction of the triangles around each point, larger ones counting more."""
    a, b, c = (points[faces[:, corner]] for corner in range(3))
    across = np.cross(b - a, c - a)
    total = np.zeros_like(points)
    for axis in range(3):
        for corner in range(3):
            total[:, axis] += np.bincount(faces[:, corner], across[:, axis], len(points))
    return unit(total)


def unit(vectors: Floats) -> Floats:
    """Vectors of length one."""
    length = np.sqrt((vectors * vectors).sum(-1, keepdims=True))
    return (vectors / np.maximum(length, 1e-12)).astype(np.float32)


def joined(form: Form) -> Form:
    """One part for each material, in the order in which they first appear."""
    materials = list(dict.fromkeys(part.material for part in form))
    return [_together([part for part in form if part.material == material]) for material in materials]


def _together(parts: Form) -> Part:
    starts = np.cumsum([0, *(len(part.points) for part in parts)])
    return Part(
        points=np.vstack([part.points for part in parts]),
        normals=np.vstack([part.normals for part in parts]),
        faces=np.vstack([part.faces + start for part, start in zip(parts, starts, strict=False)]).astype(
            np.int32
        ),
        rest=np.vstack([part.rest for part in parts]),
        material=parts[0].material,
    )
