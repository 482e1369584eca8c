"""Paint an exposure in the colours of one variant."""

import numpy as np
from PIL import Image

from studio.exposure import FINER, Exposure, Light, Spots
from studio.light import KEY, KEY_COLOUR, ROOM, ROOM_COLOUR
from studio.materials import Palette, linear
from studio.mesh import Floats

NEARER = np.float32(1.1)  # The thing stands a little nearer to the lamp than the paper does.
SHOULDER = 0.80  # brightness above which the picture gives way gently


def painted(exposure: Exposure, palette: Palette, paper: str) -> Image.Image:
    """The finished picture."""
    size = exposure.width * FINER, exposure.height * FINER
    dots = _paper(exposure, linear(paper))
    for spots, light in zip(exposure.spots, exposure.lights, strict=True):
        dots[spots.where] = _surface(spots, light, palette)
    coded = _coded(dots).reshape(size[1], size[0], 3)
    return Image.fromarray(coded).resize((exposure.width, exposure.height), Image.Resampling.LANCZOS)


def _paper(exposure: Exposure, colour: Floats) -> Floats:
    """Paper a little brighter around the thing than in the corners, with the shadow on it."""
    x = np.linspace(-1, 1, exposure.width * FINER, dtype=np.float32)
    y = np.linspace(-1, 1, exposure.height * FINER, dtype=np.float32)
    bright = 1.03 - 0.07 * ((x[None] + 0.15) ** 2 + 0.8 * (y[:, None] + 0.1) ** 2)
    lamp, room = exposure.shadow.T
    # The lamp is warm and the room is cool, so what the lamp does not reach is cooler.
    light = KEY * lamp[:, None] * KEY_COLOUR + ROOM * room[:, None] * ROOM_COLOUR
    light = light + 0.13 * (2 - lamp - room)[:, None] * colour  # Paper lights paper.
    return (colour * light * bright.reshape(-1, 1)).astype(np.float32)


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


def _coded(light: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """From amounts of light to the numbers of a picture file."""
    room = 1 - SHOULDER
    over = np.maximum(light - SHOULDER, 0)
    light = np.where(light > SHOULDER, SHOULDER + room * (1 - np.exp(-over / room)), light)
    curve = np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 1e-6) ** (1 / 2.4) - 0.055)
    return (np.clip(curve, 0, 1) * 255 + 0.5).astype(np.uint8)
