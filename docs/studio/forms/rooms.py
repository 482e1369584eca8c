"""Lamps, candles and cloth about the house."""

from studio.colours import CLOTHS, ENAMELS, GLAZES
from studio.forms import cloths, desk, garden, hall, lamps, lights, props, table, textiles, vessels
from studio.forms.placing import coffee, put
from studio.mesh import Form, turned


def lamp_on_books() -> Form:
    """The lamp beside a pile of books and a mug."""
    return [
        *put(lights.dusk_lamp(), 32, -0.5, -0.6, own=GLAZES["moss"]),
        *put(props.books("#48536a", "#a9573a", "#d9c7a6"), 16, 1.35, 1.2, turn=-20),
        *put(table.everyday_mug(), 11.5, -0.75, 2.0, turn=-40, own=GLAZES["fog"]),
    ]


def candle_on_books() -> Form:
    """The candle where one reads by it."""
    return [
        *put(props.books("#48536a", "#d9c7a6"), 18, turn=16),
        *put(lights.chamberstick(), 12, 0.1, 0, y=0.6, turn=-50, own=GLAZES["fog"]),
    ]


def over_the_table() -> Form:
    """The dome over a bowl of pears."""
    parts = put(lamps.dome_pendant(), 22, 0, 0, y=2.3, own={"enamel": ENAMELS["rust"]})
    parts += put(table.porridge_bowl(), 16, 0.1, 0.2, own=GLAZES["oat"])
    for x, z, turn in ((-0.20, 0.1, 0), (0.35, 0.05, 120), (0.1, 0.45, 40)):
        parts += put(props.pear(), 12, x, z, y=0.42, turn=turn)
    return parts


def lanterns() -> Form:
    """Two of them when it gets late."""
    return [
        *put(lamps.star_lantern(), 20, 0.65, -0.5, own=GLAZES["chalk"]),
        *put(lamps.star_lantern(), 20, -0.95, 0.85, turn=40, own=GLAZES["ember"]),
        *put(props.pear(), 13, 0.65, 1.45),
    ]


def taper_bundles() -> Form:
    """All four colours."""
    parts: Form = []
    for number, code in enumerate(("#ece0c4", "#a9573a", "#566048", "#48536a")):
        parts += put(
            lamps.dinner_tapers(),
            12.7,
            1.25 * (number - 1.5),
            0.25 * (number % 2),
            turn=-24,
            own={"taper": code},
        )
    return parts


def lamp_over_book() -> Form:
    """The lamp over notebooks."""
    return [
        *put(lamps.reading_lamp(), 28, -0.3, -0.6, own={"enamel": ENAMELS["soot"]}),
        *put(
            desk.cloth_notebook(),
            15.4,
            0.9,
            0.9,
            turn=20,
            own={"cloth": CLOTHS["rust"], "ribbon": "#48536a", "page": "#f2e9d8", "label": "#f3ead9"},
        ),
    ]


def napkin_piles() -> Form:
    """One pile of each colour."""
    parts: Form = []
    for name, x, z, turn in (("flax", -1.3, 0.3, 10), ("rust", 0.35, -1.1, 34), ("olive", 1.35, 1.0, 60)):
        parts += put(cloths.linen_napkins(), 17, x, z, turn=turn - 20, own={"cloth": CLOTHS[name]})
    return parts


def cushions() -> Form:
    """Three, one against the other."""
    parts: Form = []
    for name, x, z, turn, size in (
        ("ink", 0.9, -1.3, -8, 30.0),
        ("flax", -1.2, 0.2, -14, 30.0),
        ("rust", 0.9, 1.5, -30, 24.0),
    ):
        parts += put(textiles.linen_cushion(), size, x, z, turn=turn, own={"cloth": CLOTHS[name]})
    return parts


def full_bag() -> Form:
    """The bag on the way home."""
    loaf = turned(props.loaf(), 78, "z")
    return [
        *put(textiles.market_bag(), 32, own={"cloth": CLOTHS["olive"], "strap": "#7c4a2c"}),
        *put(loaf, 17, -0.55, 0.15, y=3.5),
        *put(props.branch(1.6, 8), 19, 0.75, -0.1, y=2.5),
        *put(props.branch(1.3, 9), 19, 0.45, 0.2, y=2.6, turn=200),
    ]


def kept_on_shelf() -> Form:
    """The shelf with a bottle, books and a pear on it."""
    top = 0.70
    return [
        *hall.wall_shelf(),
        *put(vessels.ring_bottle(), 5.2, -0.48, 0.22, y=top, own=GLAZES["chalk"]),
        *put(props.books("#a9573a", "#d9c7a6", "#48536a"), 4.6, 0.12, 0.22, y=top, turn=-6),
        *put(props.pear(), 3.4, 0.14, 0.22, y=top + 0.235),
        *put(vessels.stem_bottle(), 5, 0.57, 0.22, y=top, own=GLAZES["celadon"]),
    ]


def both_prints() -> Form:
    """Fern and seaweed side by side."""
    one, other = hall.botanical_print(), hall.botanical_print(seaweed=True)
    return [
        *put(one, 20, -1.5, 0.25, own={"print": "#5f6f4c"}),
        *put(other, 20, 1.35, -0.15, own={"print": "#7a4a3a"}),
    ]


def stool_in_use() -> Form:
    """The stool with a planter on it and books beneath."""
    return [
        *put(hall.milking_stool(), 60, own={"wood": "#cfa777", "dark wood": "#7d5438"}),
        *put(garden.step_planter(), 19, 0.1, 0, y=4.42, own={"clay": "#e9e2d4"}),
        *put(props.books("#48536a", "#a9573a"), 18, 0.4, 2.6, turn=30),
    ]


def writing() -> Form:
    """Notebooks, pencils and a coffee, from above."""
    return [
        *put(
            desk.cloth_notebook(),
            15.4,
            -0.35,
            -0.2,
            turn=-10,
            own={"cloth": CLOTHS["ink"], "ribbon": "#b06a48"},
        ),
        *put(
            desk.pencil_pot(),
            15,
            1.05,
            -0.9,
            own=GLAZES["oat"] | {"pencil": "#b9623d", "pencil2": "#76815a", "pencil3": "#48536a"},
        ),
        *put(table.everyday_mug(), 11.5, 1.0, 0.85, turn=-20, own=GLAZES["ember"]),
        *put(coffee(0.33, 0.62), 11.5, 1.0, 0.85),
    ]
