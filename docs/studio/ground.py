"""The paper the thing stands on: where its shadow falls, seen as a map from above."""

from dataclasses import dataclass

import numpy as np

from studio.light import Studio, room, upper_half
from studio.mesh import Floats

CELLS = 320
PATIENCE = 24  # rays to the lamp and into the room, each, for a cell


@dataclass(frozen=True)
class Ground:
    """The shares of lamp light and room light that reach each cell, and what hides the room."""

    middle: Floats
    reach: float
    lamp: Floats
    room: Floats

    def at(self, places: Floats) -> tuple[Floats, Floats]:
        """Both shares at places of the ground; far from the thing there is no shadow."""
        cells = len(self.lamp)
        spot = (places[:, [0, 2]] - self.middle) / self.reach * (cells / 2) + (cells - 1) / 2
        spot = np.clip(spot, 0, cells - 1.001)
        low = spot.astype(np.int32)
        x, z = (spot - low).T
        found = []
        for chart in (self.lamp, self.room):
            near, far = chart[low[:, 0], low[:, 1]], chart[low[:, 0], low[:, 1] + 1]
            one, other = chart[low[:, 0] + 1, low[:, 1]], chart[low[:, 0] + 1, low[:, 1] + 1]
            found.append((near * (1 - z) + far * z) * (1 - x) + (one * (1 - z) + other * z) * x)
        return found[0], found[1]


def ground(studio: Studio, cells: int = CELLS) -> Ground:
    """Measure the shadow of the thing on the paper."""
    reach = 2.6 * studio.size
    line = ((np.arange(cells, dtype=np.float32) + 0.5) / cells * 2 - 1) * reach
    x, z = np.meshgrid(line, line, indexing="ij")
    places = np.stack([x, np.zeros_like(x), z], -1).reshape(-1, 3) + studio.centre * [1, 0, 1]
    places = places.astype(np.float32)
    normals = np.broadcast_to(np.array([0, 1, 0], np.float32), places.shape)
    start = places + normals * np.float32(1e-3 * studio.size)
    rng = np.random.default_rng(5)
    lamp, seen, whole = np.zeros((3, len(places)), np.float32)
    for turn in range(PATIENCE):
        dice = rng.random((len(places), 2), np.float32)
        way = studio.lamp_ways(places, turn * 7 % 16, dice)
        lamp += ~studio.blocked(start, way) / PATIENCE
        way = upper_half(normals, turn * 7 % 16, dice)
        bright = room(way)
        seen += ~studio.blocked(start, way) * bright
        whole += bright
    fade = np.clip((np.hypot(x, z).reshape(-1) / reach - 0.75) * 5, 0, 1)
    charts = [_softened((share + (1 - share) * fade).reshape(cells, cells)) for share in (lamp, seen / whole)]
    return Ground(studio.centre[[0, 2]], reach, *charts)


def _softened(chart: Floats) -> Floats:
    """A little blur against the grain of chance."""
    for _ in range(2):
        for axis in (0, 1):
            chart = (np.roll(chart, 1, axis) + np.roll(chart, -1, axis)) / 4 + chart / 2
    return chart
