"""What is used in the garden and beside the basin."""

from studio.colours import CLOTHS, ENAMELS, GLAZES
from studio.forms import cloths, garden, hall, keeping, outside, props, table, wash
from studio.forms.placing import put
from studio.mesh import Form, moved, turned


def planters() -> Form:
    """Three sizes in both clays."""
    parts: Form = []
    for size, x, z, clay in (
        (22.0, 0.7, -1.2, "#bd7350"),
        (16.5, -1.4, 0.3, "#e9e2d4"),
        (12.0, 0.55, 1.5, "#bd7350"),
    ):
        parts += put(garden.step_planter(), size, x, z, turn=size * 9, own={"clay": clay})
    return parts


def can_and_planter() -> Form:
    """The can before a planter that is thirsty."""
    return [
        *put(garden.watering_can(), 19, -0.5, 0.5, turn=12, own={"enamel": ENAMELS["sage"]}),
        *put(garden.step_planter(), 17, 1.7, -1.0, own={"clay": "#bd7350"}),
    ]


def cut_herbs() -> Form:
    """The snips, a branch and twine."""
    lying = moved(turned(turned(props.branch(1.5, 11), -84, "x"), 20), y=0.12)
    return [
        *put(outside.herb_snips(), 9.5, -0.45, 0.5),
        *put(lying, 13, 0.9, 1.0),
        *put(outside.garden_twine(), 9, 0.95, -1.0, turn=120, own={"cloth": "#bd9f6b"}),
    ]


def twines() -> Form:
    """All three colours."""
    parts: Form = []
    for code, x, z, turn in (
        ("#bd9f6b", -0.6, 0.5, 20),
        ("#76815a", 0.55, 0.25, -60),
        ("#a9573a", 0.0, -0.75, 150),
    ):
        parts += put(
            outside.garden_twine()[:2] + outside.garden_twine()[2:3], 11, x, z, turn=turn, own={"cloth": code}
        )
    return parts


def basket_with_bread() -> Form:
    """Bread and lemons in the basket."""
    return [
        *put(keeping.willow_basket(), 22),
        *put(props.loaf(), 13, 0.1, -0.25, y=0.75, turn=50),
        *put(props.loaf(), 12, -0.35, 0.45, y=0.65, turn=-20),
        *put(props.lemon(), 13, 0.75, 0.45, y=1.0, turn=30),
        *put(props.pear(), 13, 0.35, 0.75, y=0.95),
    ]


def empty_soap_dish() -> Form:
    """The ribs of the dish, without a bar."""
    return wash.soap_dish()[:-1]


def soaps_and_dish() -> Form:
    """The pile, and one bar in use."""
    return [
        *put(wash.three_soaps(), 7.3, -0.45, -0.45),
        *put(wash.soap_dish(), 8.7, 0.45, 0.75, turn=-10, own=GLAZES["tideline"]),
    ]


def brush_and_plates() -> Form:
    """The brush before plates that are done."""
    parts: Form = []
    for number, name in enumerate(("fog", "oat", "fog", "moss")):
        parts += put(table.supper_plate(), 12.8, -0.4, -0.7, y=0.12 * number, own=GLAZES[name])
    return [*parts, *put(wash.dish_brush(), 11.5, 0.2, 1.25, turn=-42)]


def basin() -> Form:
    """Two bottles, a dish and a sponge."""
    return [
        *put(hall.pump_bottle(), 17, -0.65, -0.5, own=GLAZES["night"]),
        *put(hall.pump_bottle(), 17, 0.75, -0.75, turn=30, own=GLAZES["chalk"]),
        *put(wash.soap_dish(), 8.7, 0.35, 0.95, turn=-14, own=GLAZES["chalk"]),
    ]


def bath() -> Form:
    """The sponge on a towel, with soap."""
    return [
        *put(cloths.waffle_towel(), 24, -0.2, -0.5, own={"cloth": CLOTHS["sage"]}),
        *put(hall.sea_sponge(), 12, -0.2, -0.5, y=1.72, turn=50),
        *put(wash.soap_dish(), 8.7, 0.95, 1.45, turn=-14, own=GLAZES["chalk"]),
    ]
