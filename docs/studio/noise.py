"""Smooth randomness that is the same each time: clay, speckles and grain are drawn with it."""

from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

SIZE = 64
HANDFUL = 32_768  # places at a time, which stay in the processor's cache
Fineness: TypeAlias = tuple[float, float, float]
# The lattice stands askew in the room, so that its rows never run along the edges of a thing.
ASKEW = np.array([[0.36, 0.48, -0.80], [-0.80, 0.60, 0.0], [0.48, 0.64, 0.60]], np.float32)


@cache
def _lattice(seed: int) -> NDArray[np.float32]:
    return np.random.default_rng(seed).random((SIZE, SIZE, SIZE), np.float32)


def noise(places: NDArray[np.float32], fine: float | Fineness = 1.0, seed: int = 0) -> NDArray[np.float32]:
    """A value from 0 to 1 for each place; `fine` says how many bumps there are in a unit of length."""
    kept = _kept.setdefault(id(places), (places, {}))[1]
    if (fine, seed) not in kept:
        blocks = [
            _noise(places[at : at + HANDFUL], fine, seed) for at in range(0, max(len(places), 1), HANDFUL)
        ]
        kept[fine, seed] = np.concatenate(blocks)
    return kept[fine, seed]


_kept: dict[int, tuple[NDArray[np.float32], dict[object, NDArray[np.float32]]]] = {}
"""What was asked of the same places before: every colour of a thing asks the same."""


def forget() -> None:
    """Let go of the last thing's places."""
    _kept.clear()


def _noise(places: NDArray[np.float32], fine: float | Fineness, seed: int) -> NDArray[np.float32]:
    scaled = (places * np.asarray(fine, np.float32)) @ ASKEW + np.float32(17.3 + seed)
    floor = np.floor(scaled)
    part = scaled - floor
    part = part * part * (3 - 2 * part)
    low = floor.astype(np.int32) % SIZE
    corner = (low[:, 0] * SIZE + low[:, 1]) * SIZE + low[:, 2]
    lattice, (x, y, z) = _lattice(seed).reshape(-1), part.T
    ahead = [np.where(low[:, axis] == SIZE - 1, 1 - SIZE, 1) * SIZE ** (2 - axis) for axis in range(3)]

    def along_z(start: NDArray[np.int32]) -> NDArray[np.float32]:
        near = lattice[start]
        return near + (lattice[start + ahead[2]] - near) * z

    def along_y(start: NDArray[np.int32]) -> NDArray[np.float32]:
        near = along_z(start)
        return near + (along_z(start + ahead[1]) - near) * y

    near = along_y(corner)
    return (near + (along_y(corner + ahead[0]) - near) * x).astype(np.float32)


def layered(places: NDArray[np.float32], fine: float | Fineness = 1.0, seed: int = 0) -> NDArray[np.float32]:
    """Noise of three sizes together, still about 0 to 1."""
    x, y, z = fine if isinstance(fine, tuple) else (fine, fine, fine)
    each = (noise(places, (x * 2**n, y * 2**n, z * 2**n), seed + n) / 2**n for n in range(3))
    return sum(each, np.zeros(len(places), np.float32)) / np.float32(1.75)


def step(value: NDArray[np.float32], edge: NDArray[np.float32] | float, soft: float) -> NDArray[np.float32]:
    """0 below the edge, 1 above, and a soft way between."""
    way = np.clip((value - edge) / soft + 0.5, 0, 1)
    return way * way * (3 - 2 * way)
