"""Paint an exposure in the colours of one variant."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from studio.exposure import FINER, Exposure, Light, Spots
from studio.light import KEY, KEY_COLOUR, ROOM, ROOM_COLOUR
from studio.materials import Material, Palette, linear
from studio.mesh import Floats

NEARER = np.float32(1.1)  # The thing stands a little nearer to the lamp than the paper does.
SHOULDER = 0.80  # brightness above which the picture gives way gently


@dataclass(frozen=True)
class Backdrop:
    """What a thing stands on: paper without an end, or a table of some material before a wall."""

    paper: str
    """Its colour as a whole, which it casts back at the thing."""
    table: Material | None = None
    wall: str = ""


def painted(exposure: Exposure, palette: Palette, backdrop: Backdrop) -> Image.Image:
    """The finished picture: each dot is the mean of what its finer dots see, the thing or its ground."""
    cells = exposure.width * exposure.height
    seen, covered = np.zeros((cells, 3)), np.zeros(cells)
    for spots, light in zip(exposure.spots, exposure.lights, strict=True):
        row, column = np.divmod(spots.where, exposure.width * FINER)
        cell = row // FINER * exposure.width + column // FINER
        colours = _coded(_surface(spots, light, palette | dict(spots.material.own)))
        covered += np.bincount(cell, minlength=cells)
        seen += np.stack([np.bincount(cell, each, cells) for each in colours.T], -1)
    share = (covered / FINER**2)[:, None]
    dots = _coded(_behind(exposure, backdrop, palette)) * (1 - share) + seen / FINER**2
    flat = (dots * 255 + 0.5).astype(np.uint8).reshape(exposure.height, exposure.width, 3)
    return Image.fromarray(flat)


def _behind(exposure: Exposure, backdrop: Backdrop, palette: Palette) -> Floats:
    """Paper or a table a little brighter around the thing than in the corners, with the shadow on it."""
    x = np.linspace(-1, 1, exposure.width, dtype=np.float32)
    y = np.linspace(-1, 1, exposure.height, dtype=np.float32)
    bright = 1.03 - 0.07 * ((x[None] + 0.15) ** 2 + 0.8 * (y[:, None] + 0.1) ** 2)
    lamp, room = exposure.shadow.T
    # The lamp is warm and the room is cool, so what the lamp does not reach is cooler.
    light = KEY * lamp[:, None] * KEY_COLOUR + ROOM * room[:, None] * ROOM_COLOUR
    paper = linear(backdrop.paper)
    light = light + 0.13 * (2 - lamp - room)[:, None] * paper  # Paper lights paper.
    return (_ground(exposure, backdrop, palette) * light * bright.reshape(-1, 1)).astype(np.float32)


def _ground(exposure: Exposure, backdrop: Backdrop, palette: Palette) -> Floats:
    """The colour of the paper, or of the table and of the wall behind it."""
    if backdrop.table is None:
        return linear(backdrop.paper)[None]
    places = exposure.ground
    colour = backdrop.table.look(places, palette).colour
    if not backdrop.wall:
        return colour
    size = exposure.size
    behind = exposure.wall
    from_edge = np.where(behind, places[:, 1], places[:, 2] - exposure.edge) / size
    corner = 1 - 0.30 * np.exp(-np.clip(from_edge, 0, 9) / 0.10)
    # The wall grows a little lighter towards the lamp at the upper left.
    wall = linear(backdrop.wall) * (0.90 + 0.06 * np.clip(places[:, 1] / size, 0, 2))[:, None]
    plain = np.where(behind[:, None], wall, colour)
    return (plain * corner[:, None]).astype(np.float32)


def _surface(spots: Spots, light: Light, palette: Palette) -> Floats:
    look = spots.material.look(spots.rest, palette)
    own = look.colour * light.own[:, None] * np.float32(0.7)
    falling = light.lamp[:, None] * KEY_COLOUR + (light.room + own) * ROOM * ROOM_COLOUR
    falling *= NEARER
    facing = np.clip(-(spots.ways * spots.normals).sum(-1), 0, 1)
    mirror = 0.045 + 0.80 * (1 - facing) ** 5 * (1 - spots.material.rough)
    seen = light.mirror + light.mirror_own[:, None] * look.colour * np.float32(0.4)
    gloss = (mirror * look.gloss)[:, None]
    glow = np.asarray(look.glow, np.float32)
    metal = spots.material.metal
    mirrored = seen * (gloss + metal * look.colour)
    return (look.colour * falling * (1 - gloss - metal) + mirrored + glow).astype(np.float32)


def _coded(light: Floats) -> Floats:
    """From amounts of light to the shares that a picture file holds."""
    room = 1 - SHOULDER
    over = np.maximum(light - SHOULDER, 0)
    light = np.where(light > SHOULDER, SHOULDER + room * (1 - np.exp(-over / room)), light)
    curve = np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 1e-6) ** (1 / 2.4) - 0.055)
    return np.clip(curve, 0, 1)
