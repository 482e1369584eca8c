"""Which pictures are taken: of which thing, from how high, on which paper, in which colours."""

from collections.abc import Callable
from dataclasses import dataclass, field

from studio.forms import cloths, garden, keeping, kitchen, lights, table, vessels, wash
from studio.materials import Palette
from studio.mesh import Form

PAPER, SAND, SAGE, BLUSH, MIST = "#f2ebe0", "#ece1cf", "#e6e7da", "#f1e4d9", "#e7e6df"

GLAZES: dict[str, Palette] = {
    "tideline": {"glaze": "#4e7f86", "break": "#8fa58f", "clay": "#b98f6d"},
    "oat": {"glaze": "#e2d5bd", "break": "#d3bd98", "clay": "#a98562"},
    "ember": {"glaze": "#b9623d", "break": "#8a3f2b", "clay": "#c8a582"},
    "moss": {"glaze": "#76815a", "break": "#a39a64", "clay": "#a88867"},
    "night": {"glaze": "#333c49", "break": "#4d5f72", "clay": "#a3886d", "speck": "#8d98a3"},
    "chalk": {"glaze": "#f6f0e3", "break": "#ebe0cb", "clay": "#c2a688"},
    "rose": {"glaze": "#cf9d8d", "break": "#e0bda9", "clay": "#b48a6b"},
    "iron": {"glaze": "#5d3b2c", "break": "#97592f", "clay": "#b08a68", "speck": "#2b1d17"},
    "celadon": {"glaze": "#a7bda6", "break": "#c6d0b4", "clay": "#b7977a"},
    "fog": {"glaze": "#b4c1c3", "break": "#d5d6cd", "clay": "#ab8e73"},
}


@dataclass(frozen=True)
class Shot:
    """A thing before the camera; `colours` names a picture for each colour it comes in."""

    name: str
    form: Callable[[], Form]
    pitch: float
    paper: str
    colours: dict[str, Palette] = field(default_factory=lambda: {"": {}})
    fill: float = 1.0

    def pictures(self) -> dict[str, Palette]:
        """Each picture's name and its colours."""
        return {f"{self.name}-{colour}".strip("-"): COMMON | own for colour, own in self.colours.items()}


def _glazes(*names: str) -> dict[str, Palette]:
    return {name: GLAZES[name] for name in names}


def _each(key: str, /, **codes: str) -> dict[str, Palette]:
    return {name: {key: code} for name, code in codes.items()}


COMMON: Palette = {
    "stem": "#6d5a41",
    "leaf": "#7c8c68",
    "wood": "#cfa777",
    "cane": "#cfae72",
    "leather": "#7c4a2c",
    "brass": "#c29a58",
    "shade": "#f0e3cb",
    "cord": "#7a6a55",
    "wax": "#e0aa45",
    "wick": "#54463a",
    "twine": "#bd9f6b",
    "soil": "#4d3b2e",
    "steel": "#a3a8a8",
    "soap": "#ebe2cd",
    "soap2": "#a9b08c",
    "band": "#f6efe0",
    "bristle": "#d8c59c",
    "willow": "#b88f5b",
    "copper": "#b9744a",
    "cloth": "#e5dac6",
    "clay": "#b98f6d",
}

SHOTS = (
    Shot("harbour-vase", vessels.harbour_vase, 12, PAPER, _glazes("tideline", "oat", "ember")),
    Shot("stem-bottle", vessels.stem_bottle, 9, BLUSH, _glazes("celadon", "rose", "night")),
    Shot("moon-jar", vessels.moon_jar, 12, MIST, _glazes("chalk", "iron")),
    Shot("supper-plate", table.supper_plate, 66, SAND, _glazes("oat", "fog", "moss")),
    Shot("porridge-bowl", table.porridge_bowl, 30, PAPER, _glazes("tideline", "oat", "rose", "night")),
    Shot("everyday-mug", table.everyday_mug, 17, SAGE, _glazes("ember", "fog", "moss", "night")),
    Shot("stacking-cups", table.stacked_cups, 14, BLUSH, _glazes("oat", "celadon"), 0.94),
    Shot("slow-teapot", kitchen.slow_teapot, 16, SAND, _glazes("iron", "celadon")),
    Shot("pouring-jug", kitchen.pouring_jug, 14, MIST, _glazes("chalk", "tideline")),
    Shot("salt-cellar", kitchen.salt_cellar, 25, PAPER, _glazes("oat", "night")),
    Shot("bread-board", kitchen.bread_board, 60, SAGE),
    Shot("dusk-lamp", lights.dusk_lamp, 7, SAND, _glazes("chalk", "moss", "ember")),
    Shot("beeswax-candles", lights.beeswax_candles, 16, PAPER),
    Shot("chamberstick", lights.chamberstick, 18, BLUSH, _glazes("fog", "iron")),
    Shot(
        "waffle-towel",
        cloths.waffle_towel,
        25,
        PAPER,
        _each("cloth", oat="#e4d9c4", clay="#c38d70", sage="#a3ad93", ink="#48536a"),
    ),
    Shot(
        "table-napkins",
        cloths.linen_napkins,
        38,
        MIST,
        _each("cloth", flax="#d4c4a4", rust="#b06a48", olive="#858460"),
    ),
    Shot(
        "wool-throw",
        cloths.wool_throw,
        24,
        SAND,
        {
            "barley": {"cloth": "#e6d9bd", "fringe": "#e6d9bd", "stripe": "#a9764f"},
            "slate": {"cloth": "#7d868b", "fringe": "#7d868b", "stripe": "#e3ddd0"},
        },
    ),
    Shot("step-planter", garden.step_planter, 12, SAGE, _each("clay", terracotta="#bd7350", chalk="#e9e2d4")),
    Shot(
        "watering-can",
        garden.watering_can,
        14,
        PAPER,
        _each("enamel", sage="#7f9478", cream="#efe5cd", soot="#3d4144"),
    ),
    Shot("hand-trowel", garden.hand_trowel, 55, BLUSH),
    Shot("soap-dish", wash.soap_dish, 40, SAND, _glazes("tideline", "chalk")),
    Shot("three-soaps", wash.three_soaps, 22, SAGE),
    Shot("dish-brush", wash.dish_brush, 55, PAPER),
    Shot("willow-basket", keeping.willow_basket, 20, MIST),
    Shot(
        "nesting-boxes",
        keeping.nesting_boxes,
        14,
        BLUSH,
        _each("wood", cherry="#c08a5f", maple="#e2c79c"),
        0.96,
    ),
    Shot("peg-rail", keeping.peg_rail, 84, SAND),
    Shot("hand-cut-tiles", keeping.hand_cut_tiles, 66, PAPER, _glazes("tideline", "chalk", "moss", "ember")),
)
