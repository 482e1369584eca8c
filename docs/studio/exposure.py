"""One thing, lit once: every colour it comes in is painted on the same exposure."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.camera import Camera
from studio.grain import without_grain
from studio.ground import Ground, ground
from studio.light import KEY, NUDGE, ROOM, Studio, room, upper_half
from studio.materials import Material
from studio.mesh import Floats, Form, Part, Whole, joined, unit
from studio.noise import noise

WALL = 1.5  # how far behind the thing a wall stands, in sizes of the thing
FINER = 2  # dots along each side of a dot of the picture
HANDFUL = 16_384
STRATA = ([0, 10], [2, 8], [5, 15], [7, 13])  # every second part of the lamp and of the room


@dataclass(frozen=True)
class Spots:
    """The dots in which one part of the thing is seen."""

    material: Material
    where: Whole
    places: Floats
    ways: Floats
    normals: Floats
    rest: Floats


@dataclass(frozen=True)
class Light:
    """What reaches each spot: from the lamp, from room and paper, and from the thing itself."""

    lamp: Floats
    room: Floats
    own: Floats
    mirror: Floats
    """What it mirrors of the studio; `mirror_own` says where it mirrors the thing."""
    mirror_own: Floats


@dataclass(frozen=True)
class Exposure:
    """Everything about a picture but the colours of the thing."""

    width: int
    height: int
    spots: list[Spots]
    lights: list[Light]
    shadow: Floats
    """How bright the ground is behind each dot: its shares of lamp light and room light."""
    ground: Floats
    """The place behind each dot, on the ground or on the wall."""
    wall: NDArray[np.bool_]
    edge: float
    """Where the wall stands, on the way to the viewer."""
    size: float


def expose(form: Form, camera: Camera, paper: Floats, width: int, height: int) -> Exposure:
    """Look through every dot and ask how much light comes from there."""
    form = joined(form)
    studio = Studio.of(form, camera)
    floor = ground(studio, 320 if width > 400 else 160)
    ways = camera.rays(width * FINER, height * FINER)
    eye = camera.eye.astype(np.float32)
    hit = studio.hits(np.broadcast_to(eye, ways.shape), ways)
    spots = [_spots(part, number, hit, eye, ways) for number, part in enumerate(form)]
    spots = [each for each in spots if len(each.where)]
    lights = [_light(studio, floor, paper, each, width * FINER) for each in spots]
    lights = without_grain(spots, lights, width * FINER)
    ground_behind = _behind(studio, floor, eye, camera.rays(width, height))
    return Exposure(width, height, spots, lights, *ground_behind, studio.size)


def _spots(part: Part, number: int, hit: dict[str, Floats], eye: Floats, ways: Floats) -> Spots:
    where = np.flatnonzero(hit["geomID"] == number)
    corners = part.faces[hit["primID"][where]]
    u, v = hit["u"][where, None], hit["v"][where, None]
    way = ways[where]

    def between(values: Floats) -> Floats:
        a, b, c = (values[corners[:, corner]] for corner in range(3))
        return (a * (1 - u - v) + b * u + c * v).astype(np.float32)

    rest, normals = between(part.rest), unit(between(part.normals))
    # Both sides of a surface can be seen; its triangle, not the smoothed normal, says which one is.
    facet = hit["Ng"][where]
    facet = facet * np.where((facet * way).sum(-1) > 0, -1, 1)[:, None]
    normals *= np.where((normals * facet).sum(-1) < 0, -1, 1)[:, None]
    if part.material.ripple:
        waves = np.stack([noise(rest, 11, seed) for seed in (21, 22, 23)], -1) - np.float32(0.5)
        normals = unit(normals + waves * part.material.ripple)
    return Spots(part.material, where, eye + way * hit["tfar"][where, None], way, normals, rest)


def _light(studio: Studio, floor: Ground, paper: Floats, spots: Spots, across: int) -> Light:
    """Each of four neighbouring dots asks another quarter of the lamp and of the room."""
    rng = np.random.default_rng(11)
    dice = rng.random((len(spots.where), 2), np.float32)
    lamp, own = np.zeros((2, len(spots.where)), np.float32)
    around = np.zeros((len(spots.where), 3), np.float32)
    row, column = np.divmod(spots.where, across)
    for turn, strata in enumerate(STRATA):
        for mine in _handfuls(np.flatnonzero((row % 2) * 2 + column % 2 == turn)):
            places, normals = spots.places[mine], spots.normals[mine]
            lamp[mine] = studio.lamp_light(places, normals, strata, dice[mine])
            start = places + normals * NUDGE * studio.size
            for cell in strata:
                way = upper_half(normals, cell, dice[mine])
                came, hidden = _from(studio, floor, paper, start, way)
                around[mine] += came / len(strata)
                own[mine] += hidden / len(strata)
    mirror, mirror_own = np.zeros_like(around), np.zeros_like(own)
    for mine in _handfuls(np.arange(len(spots.where))):
        ways, normals = spots.ways[mine], spots.normals[mine]
        mirrored = unit(ways - 2 * (ways * normals).sum(-1, keepdims=True) * normals)
        start = spots.places[mine] + normals * NUDGE * studio.size
        seen, mirror_own[mine] = _from(studio, floor, paper, start, mirrored)
        glare = studio.glare(mirrored, spots.material.rough) * (1 - mirror_own[mine])
        mirror[mine] = seen + glare[:, None]
    return Light(lamp, around, own, mirror, mirror_own)


def _handfuls(numbers: Whole) -> Iterator[Whole]:
    """So many at a time that they stay in the processor's cache, which is several times as fast."""
    for start in range(0, len(numbers), HANDFUL):
        yield numbers[start : start + HANDFUL]


def _from(
    studio: Studio, floor: Ground, paper: Floats, places: Floats, ways: Floats
) -> tuple[Floats, Floats]:
    """What comes from that way: the room, the paper with its shadow, or the thing itself."""
    hidden = studio.blocked(places, ways)
    came = np.repeat(room(ways)[:, None], 3, axis=1)
    down = np.flatnonzero((ways[:, 1] < -1e-3) & ~hidden)
    far = (places[down, 1] / -ways[down, 1])[:, None]
    lamp, dome = floor.at(places[down] + ways[down] * far)
    came[down] = paper * (KEY * lamp + ROOM * dome)[:, None]
    came[hidden] = 0
    return came.astype(np.float32), hidden.astype(np.float32)


def _behind(
    studio: Studio, floor: Ground, eye: Floats, ways: Floats
) -> tuple[Floats, Floats, NDArray[np.bool_], float]:
    """Light and place of the ground behind each dot, and where the wall hides it."""
    down = np.minimum(ways[:, 1], -1e-3)
    far = np.minimum(-eye[1] / down, 1e4)
    edge = float(studio.centre[2] - WALL * studio.size)
    to_wall = (edge - eye[2]) / np.minimum(ways[:, 2], -1e-3)
    wall = to_wall < far
    lamp, dome = floor.at(eye + ways * far[:, None])
    light = np.stack([np.where(ways[:, 1] < -1e-3, light, 1) for light in (lamp, dome)], -1)
    places = (eye + ways * np.where(wall, to_wall, far)[:, None]).astype(np.float32)
    return light, places, wall, edge
