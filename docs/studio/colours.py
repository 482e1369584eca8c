"""The colours of clay, glaze, cloth and paper that everything in the shop comes in."""

from studio.materials import Boards, Cloth, Palette
from studio.picture import Backdrop

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
CLOTHS = {
    "oat": "#e4d9c4",
    "clay": "#c38d70",
    "sage": "#a3ad93",
    "ink": "#48536a",
    "flax": "#d4c4a4",
    "rust": "#b06a48",
    "olive": "#858460",
    "barley": "#e6d9bd",
    "slate": "#7d868b",
}
ENAMELS = {"sage": "#7f9478", "cream": "#efe5cd", "soot": "#3d4144", "rust": "#a9573a"}

COMMON: Palette = {
    "glaze": "#f6f0e3",
    "break": "#ebe0cb",
    "stem": "#6d5a41",
    "leaf": "#7c8c68",
    "wood": "#cfa777",
    "dark wood": "#7d5438",
    "oak": "#c99d6b",
    "pale": "#d9bd92",
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
    "black": "#2f2e2e",
    "soap": "#ebe2cd",
    "soap2": "#a9b08c",
    "band": "#b78f63",
    "label": "#f3ead9",
    "bristle": "#d8c59c",
    "willow": "#b88f5b",
    "copper": "#b9744a",
    "cloth": "#e5dac6",
    "stripe": "#b06a48",
    "clay": "#b98f6d",
    "linen": "#e9e0cf",
    "lemon": "#e3bb45",
    "pear": "#b9b262",
    "plum": "#5e3a4a",
    "egg": "#e3c3a2",
    "crust": "#b87a41",
    "coffee": "#3c2a20",
    "milk": "#f5eddf",
    "salt": "#f7f3ea",
    "page": "#f2e9d8",
    "stone": "#a9a59c",
    "sponge": "#dcc08a",
    "enamel": "#efe5cd",
}

PAPER, SAND, SAGE, BLUSH, MIST = (
    Backdrop(code) for code in ("#f2ebe0", "#ece1cf", "#e6e7da", "#f1e4d9", "#e7e6df")
)
DUSK = Backdrop("#8d8272")
OAK_TABLE = Backdrop("#d3b187", table=Boards(name="oak", seed=5), wall="#e9e2d4")
PALE_TABLE = Backdrop("#dcc6a2", table=Boards(name="pale", seed=9), wall="#d5dacb")
DUSK_TABLE = Backdrop("#a47c58", table=Boards(name="dark wood", seed=7), wall="#cbb9a6")
LINEN_CLOTH = Backdrop("#e6dcca", table=Cloth(name="linen", threads=46, seed=4), wall="#dfd3c5")
GREEN_WALL = Backdrop("#d9cdb6", table=Boards(name="pale", seed=3), wall="#a9b09a")
CLAY_WALL = Backdrop("#dcc6a2", table=Boards(name="oak", seed=8), wall="#d3a78c")


def glazes(*names: str) -> dict[str, Palette]:
    """A palette for each of these glazes."""
    return {name: GLAZES[name] for name in names}


def each(key: str, /, **codes: str) -> dict[str, Palette]:
    """A palette for each name, which differs in one colour."""
    return {name: {key: code} for name, code in codes.items()}


def cloths(*names: str) -> dict[str, Palette]:
    """A palette for each of these cloths."""
    return {name: {"cloth": CLOTHS[name]} for name in names}


def enamels(*names: str) -> dict[str, Palette]:
    """A palette for each of these enamels."""
    return {name: {"enamel": ENAMELS[name]} for name in names}
