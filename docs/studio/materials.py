"""What things are made of: how a surface looks at a place, before any light falls on it."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from studio.noise import layered, noise, step

Floats: TypeAlias = NDArray[np.float32]
Palette: TypeAlias = dict[str, str]


def linear(code: str) -> Floats:
    """The amounts of light that a colour such as #b98a63 stands for."""
    parts = np.array([int(code[at : at + 2], 16) for at in (1, 3, 5)], np.float32) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4).astype(np.float32)


@dataclass(frozen=True)
class Look:
    """Colour, mirror-like share and own light of each place."""

    colour: Floats
    gloss: Floats | float = 0.0
    glow: Floats | float = 0.0


@dataclass(frozen=True)
class Material:
    """One even colour of the palette, a little mottled."""

    name: str = "clay"
    gloss: float = 0.1
    rough: float = 0.5
    """How blurred it mirrors, from 0 to 1."""
    ripple: float = 0.0
    """How much its surface waves, as glaze does."""
    metal: float = 0.0
    """The share of light that it mirrors in its own colour, whatever the angle."""
    mottle: float = 0.10
    fine: float = 9.0
    seed: int = 1
    own: tuple[tuple[str, str], ...] = ()
    """Colours of its own, where several colours of a thing stand together."""

    def look(self, rest: Floats, palette: Palette) -> Look:
        """How it looks at these places of the thing as it was made."""
        shade = 1 + self.mottle * (layered(rest, self.fine, self.seed) - 0.5) * 2
        return Look(linear(palette[self.name]) * shade[:, None], self.gloss)


@dataclass(frozen=True)
class Glazed(Material):
    """Clay dipped into glaze down to a wavy line; bare below it and thin over the lip."""

    name: str = "glaze"
    gloss: float = 0.75
    rough: float = 0.08
    ripple: float = 0.05
    dip: float = -9.0
    lip: float = 9.0
    wave: float = 0.02
    speckle: float = 0.5
    tone: float = 1.0
    """Darker or lighter than its siblings from the same kiln."""

    def look(self, rest: Floats, palette: Palette) -> Look:
        """Glaze over clay."""
        height = rest[:, 1]
        turn = np.arctan2(rest[:, 2], rest[:, 0])
        line = self.dip + self.wave * (np.sin(turn * 2 + self.seed) + 0.5 * np.sin(turn * 5 + 2 * self.seed))
        line = line + 2 * self.wave * (noise(rest, 5, self.seed) - 0.5)
        covered = step(height, line, 0.012)
        cloud = layered(rest, (2.2, 3.5, 2.2), self.seed + 3)
        run = step(noise(rest, (6, 1.1, 6), self.seed + 4), 0.62, 0.5) * 0.7
        broken = "break" if self.name == "glaze" and "break" in palette else self.name
        glaze = _mixed(linear(palette[self.name]), linear(palette[broken]), run)
        glaze *= self.tone * (0.84 + 0.32 * cloud)[:, None]
        # Glaze gathers, darker, just above the line where it stopped to run.
        glaze *= (1 - 0.30 * np.exp(-np.clip(height - line, 0, 9) / 0.025))[:, None]
        thin = step(height, self.lip - 0.012, 0.022) * (0.55 + 0.3 * noise(rest, 14, self.seed + 6))
        clay = linear(palette["clay"]) * (0.86 + 0.28 * layered(rest, (9, 40, 9), self.seed + 5))[:, None]
        glaze = _mixed(glaze, linear(palette["clay"]) * np.float32(0.8), thin)
        dots = self.speckle * step(noise(rest, 46, self.seed + 8), 0.9, 0.07)
        glaze = _mixed(glaze, linear(palette.get("speck", "#5a4634")), dots)
        return Look(_mixed(clay, glaze, covered), 0.06 + (self.gloss - 0.06) * covered)


@dataclass(frozen=True)
class Wood(Material):
    """Boards and turned wood, the grain along one axis."""

    name: str = "wood"
    gloss: float = 0.22
    rough: float = 0.35
    along: str = "x"
    rings: float = 9.0
    strong: float = 1.0
    """How dark its figure is."""

    def look(self, rest: Floats, palette: Palette) -> Look:
        """Rings cut lengthwise, and fine pores."""
        stretch = np.where(np.array(list("xyz")) == self.along, 0.16, 1.0).astype(np.float32)
        warped = rest * stretch + (noise(rest * stretch, 2.4, self.seed)[:, None] - 0.5) * np.float32(0.20)
        ring = noise(warped, self.rings * 0.55, self.seed + 1)
        # A ring grows pale in spring and ends dark in late summer.
        year = (ring * 11) % 1
        late = year**3 * (1 - step(year, 0.97, 0.06))
        fibre = rest * np.where(stretch < 1, 0.05, 1.0).astype(np.float32)
        pores = noise(fibre, 90, self.seed + 2)
        dark = 0.55 * late + 0.35 * step(pores, 0.74, 0.18) + 0.25 * noise(warped, 3, self.seed + 3)
        warm = linear(palette[self.name])
        low = warm * np.array([0.60, 0.52, 0.45], np.float32)
        return Look(_mixed(warm * np.float32(1.10), low, dark * self.strong), self.gloss)


@dataclass(frozen=True)
class Boards(Wood):
    """A table of boards that lie side by side."""

    gloss: float = 0.12
    rough: float = 0.6
    strong: float = 0.5
    wide: float = 1.1

    def look(self, rest: Floats, palette: Palette) -> Look:
        """Each board from another place of the tree, with a seam between them."""
        board = np.floor(rest[:, 2] / self.wide + 0.37)
        shift = np.stack([board * 3.7, board * 5.3, board * 1.9], -1).astype(np.float32)
        found = super().look((rest + shift).astype(np.float32), palette)
        apart = np.abs((rest[:, 2] / self.wide + 0.37) % 1 - 0.5) * self.wide
        seam = 1 - 0.55 * step(apart, self.wide / 2 - 0.008, 0.008)
        tone = 0.94 + 0.12 * ((board * 0.618) % 1)
        return Look(found.colour * (seam * tone)[:, None].astype(np.float32), self.gloss)


@dataclass(frozen=True)
class Cloth(Material):
    """Woven threads; `stripe` holds the height along `across` where a second colour runs."""

    name: str = "cloth"
    gloss: float = 0.0
    threads: float = 60.0
    stripes: tuple[tuple[float, float], ...] = ()
    across: int = 0

    def look(self, rest: Floats, palette: Palette) -> Look:
        """Uneven threads, crossing."""
        warp = noise(rest, (self.threads, 3, 3), self.seed)
        weft = noise(rest, (3, 3, self.threads), self.seed + 1)
        shade = 0.90 + 0.10 * (warp + weft) + 0.06 * (layered(rest, 4, self.seed + 2) - 0.5)
        colour = np.repeat(linear(palette[self.name])[None], len(rest), 0)
        for low, high in self.stripes:
            inside = step(rest[:, self.across], low, 0.01) - step(rest[:, self.across], high, 0.01)
            colour = _mixed(colour, linear(palette["stripe"]), inside)
        return Look(colour * shade[:, None], 0.0)


@dataclass(frozen=True)
class Woven(Cloth):
    """Flat weave with bands of a second colour again and again, along x."""

    def look(self, rest: Floats, palette: Palette) -> Look:
        """One broad band and two narrow ones, every one and a half units."""
        plain = super().look(rest, palette).colour
        second = super().look(rest, palette | {"cloth": palette["stripe"]}).colour
        far = rest[:, 0] % 1.5
        inside = np.zeros(len(rest), np.float32)
        for low, high in ((0.25, 0.55), (0.68, 0.74), (1.1, 1.16)):
            inside += (far > low) & (far < high)
        return Look(_mixed(plain, second, inside), 0.0)


@dataclass(frozen=True)
class Lit(Material):
    """A shade with a lamp in it: brightest in its middle."""

    name: str = "shade"
    low: float = 0.0
    high: float = 1.0

    def look(self, rest: Floats, palette: Palette) -> Look:
        """Linen with light behind it."""
        colour = linear(palette[self.name]) * (0.92 + 0.16 * noise(rest, (4, 90, 4), self.seed))[:, None]
        way = (rest[:, 1] - self.low) / (self.high - self.low)
        lamp = np.exp(-(((way - 0.42) / 0.42) ** 2))
        return Look(colour, 0.0, colour * lamp[:, None] * np.array([0.62, 0.46, 0.26], np.float32))


def _mixed(one: Floats, other: Floats, share: Floats) -> Floats:
    return (one + (other - one) * np.clip(share, 0, 1)[:, None]).astype(np.float32)
