"""One thing, lit once: every colour it comes in is painted on the same exposure."""

from dataclasses import dataclass

import numpy as np

from studio.camera import Camera
from studio.grain import without_grain
from studio.ground import Ground, ground
from studio.light import KEY, NUDGE, ROOM, Studio, room, upper_half
from studio.materials import Material
from studio.mesh import Floats, Form, Part, Whole, joined, unit
from studio.noise import noise

FINER = 2  # dots along each side of a dot of the picture
STRATA = ([0, 6, 9, 15], [1, 7, 8, 14], [2, 4, 11, 13], [3, 5, 10, 12])


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
    """How dark the paper is behind each dot: lamp light, room light."""


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
    return Exposure(width, height, spots, lights, _behind(floor, eye, ways))


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
        mine = np.flatnonzero((row % 2) * 2 + column % 2 == turn)
        places, normals = spots.places[mine], spots.normals[mine]
        lamp[mine] = studio.lamp_light(places, normals, strata, dice[mine])
        for cell in strata:
            way = upper_half(normals, cell, dice[mine])
            came, hidden = _from(studio, floor, paper, places + normals * NUDGE * studio.size, way)
            around[mine] += came / len(strata)
            own[mine] += hidden / len(strata)
    mirrored = spots.ways - 2 * (spots.ways * spots.normals).sum(-1, keepdims=True) * spots.normals
    start = spots.places + spots.normals * NUDGE * studio.size
    mirror, mirror_own = _from(studio, floor, paper, start, unit(mirrored))
    glare = studio.glare(mirrored, spots.material.rough) * (1 - mirror_own)
    return Light(lamp, around, own, mirror + glare[:, None], mirror_own)


def _from(
    studio: Studio, floor: Ground, paper: Floats, places: Floats, ways: Floats
) -> tuple[Floats, Floats]:
    """What comes from that way: the room, the paper with its shadow, or the thing itself."""
    hidden = studio.blocked(places, ways)
    down = ways[:, 1] < -1e-3
    far = np.where(down, places[:, 1] / np.maximum(-ways[:, 1], 1e-3), 0)[:, None]
    lamp, dome = floor.at(places + ways * far)
    ground_light = paper * (KEY * lamp + ROOM * dome)[:, None]
    came = np.where(down[:, None], ground_light, room(ways)[:, None])
    return (came * ~hidden[:, None]).astype(np.float32), hidden.astype(np.float32)


def _behind(floor: Ground, eye: Floats, ways: Floats) -> Floats:
    down = np.minimum(ways[:, 1], -1e-3)
    far = np.minimum(-eye[1] / down, 1e4)
    lamp, dome = floor.at(eye + ways * far[:, None])
    return np.stack([np.where(ways[:, 1] < -1e-3, light, 1) for light in (lamp, dome)], -1)
