"""Take the grain of chance out of the light, but not the edges of the thing."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from studio.mesh import Floats

if TYPE_CHECKING:
    from studio.exposure import Light, Spots

PASSES = (1, 2, 4)  # how far apart the neighbours are that are asked, in dots of the picture


def without_grain(spots: "list[Spots]", lights: "list[Light]", across: int) -> "list[Light]":
    """The mean of four dots, and of neighbours that face the same way on the same part."""
    return [_calm(each, light, across) for each, light in zip(spots, lights, strict=True)]


def _calm(spots: "Spots", light: "Light", across: int) -> "Light":
    row, column = np.divmod(spots.where, across)
    row, column = row // 2 - row.min() // 2, column // 2 - column.min() // 2
    wide, high = int(column.max()) + 1, int(row.max()) + 1
    cell = row * wide + column
    values = np.column_stack([light.lamp, light.room, light.own, spots.normals])
    count = np.bincount(cell, minlength=wide * high)
    total = np.stack([np.bincount(cell, each, wide * high) for each in values.T], -1)
    chart = (total / np.maximum(count, 1)[:, None]).reshape(high, wide, -1).astype(np.float32)
    weight = (count > 0).reshape(high, wide).astype(np.float32)
    for apart in PASSES:
        chart = _asked(chart, weight, apart)
    found = chart.reshape(-1, chart.shape[2])[cell]
    return replace(light, lamp=found[:, 0], room=found[:, 1:4], own=found[:, 4])


def _asked(chart: Floats, weight: Floats, apart: int) -> Floats:
    """Each cell with its neighbours of the 3 × 3 around it, as far as they face its way."""
    margin = ((apart, apart), (apart, apart))
    wider, heavier = np.pad(chart, (*margin, (0, 0))), np.pad(weight, margin)
    high, wide = weight.shape
    total, sum_of = np.zeros_like(chart), np.zeros_like(weight)
    for y in (0, apart, 2 * apart):
        for x in (0, apart, 2 * apart):
            near = wider[y : y + high, x : x + wide]
            alike = np.clip((near[..., 5:] * chart[..., 5:]).sum(-1), 0, 1) ** 32
            alike = alike if (y, x) != (apart, apart) else np.float32(1)
            share = alike * heavier[y : y + high, x : x + wide] * (2 - (y != apart)) * (2 - (x != apart))
            total += near * share[..., None]
            sum_of += share
    calm = total / np.maximum(sum_of, 1e-6)[..., None]
    calm[..., 5:] = chart[..., 5:]
    return calm
