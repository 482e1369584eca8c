"""How much light reaches a place: a large soft lamp at the upper left, a bright room, and the paper below."""

from dataclasses import dataclass

import numpy as np
from embreex.mesh_construction import TriangleMesh
from embreex.rtcore_scene import EmbreeScene
from numpy.typing import NDArray

from studio.camera import Camera
from studio.mesh import Floats, Form, unit

KEY, ROOM = 0.64, 0.36  # their shares of the light on open ground
KEY_COLOUR = np.array([1.03, 1.0, 0.95], np.float32)
ROOM_COLOUR = np.array([0.975, 1.0, 1.03], np.float32)
NUDGE = 2e-3  # how far from a surface its next ray starts, in sizes of the thing


@dataclass(frozen=True)
class Studio:
    """The thing on its paper, under its lamp."""

    scene: EmbreeScene
    size: float
    centre: Floats
    lamp: Floats
    lamp_across: Floats
    lamp_along: Floats

    @classmethod
    def of(cls, form: Form, camera: Camera) -> "Studio":
        """Set the lamp up beside the camera."""
        scene = EmbreeScene()
        for part in form:
            TriangleMesh(scene, part.points, part.faces)
        points = np.vstack([part.points for part in form])
        low, high = points.min(0), points.max(0)
        size, centre = float(np.linalg.norm(high - low) / 2), (low + high) / 2
        toward = unit(-0.80 * camera.right + 0.95 * camera.up - 0.62 * camera.ahead)
        toward = unit(np.maximum(toward, [-9, 0.42, -9]))
        across = unit(np.cross([0, 1, 0], toward))
        along = np.cross(toward, across)
        return cls(scene, size, centre, centre + toward * 4 * size, across * 1.3 * size, along * 1.3 * size)

    def hits(self, origins: Floats, ways: Floats) -> dict[str, NDArray[np.float32]]:
        """What each ray meets first; geomID is -1 where it meets nothing."""
        found: dict[str, NDArray[np.float32]] = self.scene.run(_rows(origins), _rows(ways), output=1)
        return found

    def blocked(self, origins: Floats, ways: Floats) -> NDArray[np.bool_]:
        """Whether anything stands in the way of each ray."""
        return np.asarray(self.scene.run(_rows(origins), _rows(ways), query="OCCLUDED") != -1)

    def lamp_light(self, places: Floats, normals: Floats, strata: list[int], dice: Floats) -> Floats:
        """The lamp's light at each place, from the parts of the lamp that `strata` name (of 4 × 4)."""
        total = np.zeros(len(places), np.float32)
        for cell in strata:
            way = self.lamp_ways(places, cell, dice)
            facing = (normals * way).sum(-1)
            lit = np.flatnonzero(facing > 0)
            start = places[lit] + normals[lit] * NUDGE * self.size
            total[lit] += facing[lit] * ~self.blocked(start, way[lit])
        level = unit(self.lamp - self.centre)[1]
        return KEY * total / (len(strata) * level)

    def lamp_ways(self, places: Floats, cell: int, dice: Floats) -> Floats:
        """From each place to somewhere in one of the lamp's 4 × 4 parts."""
        u = ((cell % 4 + dice[:, 0]) / 4 * 2 - 1)[:, None]
        v = ((cell // 4 + dice[:, 1]) / 4 * 2 - 1)[:, None]
        return unit(self.lamp + u * self.lamp_across + v * self.lamp_along - places)

    def glare(self, ways: Floats, rough: float) -> Floats:
        """How bright the lamp, and a pale strip across from it, are in a mirror that looks this way."""
        lamp, strip = (
            self.lamp - self.centre,
            (self.lamp - self.centre) * np.array([-1.3, 0.55, 0.8], np.float32),
        )
        across = unit(np.cross([0, 1, 0], strip)) * self.size * 0.35
        along = np.cross(unit(strip), unit(across)) * self.size * 1.7
        bright = 3.4 * self._panel(ways, lamp, self.lamp_across, self.lamp_along, rough)
        return bright + 0.9 * self._panel(ways, strip, across, along, rough)

    def _panel(self, ways: Floats, to: Floats, across: Floats, along: Floats, rough: float) -> Floats:
        distance = float(np.linalg.norm(to))
        ahead = np.maximum(ways @ (to / distance), 1e-3)
        u = (ways @ unit(across)) / ahead * distance / np.linalg.norm(across)
        v = (ways @ unit(along)) / ahead * distance / np.linalg.norm(along)
        soft = 0.10 + 2.5 * rough
        inside = np.clip((1 - np.abs(u)) / soft + 0.5, 0, 1) * np.clip((1 - np.abs(v)) / soft + 0.5, 0, 1)
        return np.where(ahead > 1e-2, inside, 0).astype(np.float32)


def room(ways: Floats) -> Floats:
    """The room's brightness in each direction, without the lamp; its mean over open ground is 1."""
    return (0.62 + 0.57 * np.clip(ways[:, 1], 0, 1)).astype(np.float32)


def upper_half(normals: Floats, cell: int, dice: Floats) -> Floats:
    """A direction around each normal, from one of 4 × 4 parts of the half sphere, cosine weighted."""
    u, v = (cell % 4 + dice[:, 0]) / 4, (cell // 4 + dice[:, 1]) / 4
    radius, angle = np.sqrt(u), 2 * np.pi * v
    sign = np.where(normals[:, 2] >= 0, 1.0, -1.0)
    a = -1 / (sign + normals[:, 2])
    b = normals[:, 0] * normals[:, 1] * a
    one = np.stack([1 + sign * normals[:, 0] ** 2 * a, sign * b, -sign * normals[:, 0]], -1)
    two = np.stack([b, sign + normals[:, 1] ** 2 * a, -normals[:, 1]], -1)
    high = np.sqrt(np.maximum(1 - u, 0))[:, None]
    way = one * (radius * np.cos(angle))[:, None] + two * (radius * np.sin(angle))[:, None] + normals * high
    return way.astype(np.float32)


def _rows(vectors: Floats) -> Floats:
    return np.ascontiguousarray(vectors, np.float32)
