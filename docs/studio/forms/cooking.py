"""Kitchen things in use."""

from studio.colours import GLAZES
from studio.curves import smooth
from studio.forms import kitchen, props, stove
from studio.forms.placing import put
from studio.materials import Material
from studio.mesh import Form, moved, stretched, turned
from studio.shapes import revolved


def jug_and_bowl() -> Form:
    """Both sizes of the jug, and lemons."""
    jug = kitchen.pouring_jug()
    return [
        *put(jug, 17.5, 0.55, -0.5, own=GLAZES["tideline"], turn=-20),
        *put(jug, 12.5, -0.95, 0.45, own=GLAZES["chalk"], turn=150),
        *put(props.lemon(), 13, 0.55, 1.25, turn=30),
        *put(props.half_lemon(), 13, 1.25, 0.95),
    ]


def open_salt() -> Form:
    """The jar without its lid: coarse salt."""
    whole = kitchen.salt_cellar()
    jar, lid, spoon = whole[:2], whole[2:3], whole[3:]
    salt = revolved(
        smooth([(0, 0.40), (0.15, 0.385), (0.37, 0.34)], 60),
        Material("salt", gloss=0.1, mottle=0.16, fine=34),
    )
    return [*jar, salt, *moved(turned(lid, 30), x=0.72, y=-0.455, z=-0.35), *moved(spoon, x=-0.1, z=0.12)]


def bread_on_board() -> Form:
    """A loaf on the board, and a cloth."""
    return [
        *put(kitchen.bread_board(), 24),
        *put(props.loaf(), 15, 0.1, -0.2, y=0.21, turn=40),
        *put(props.egg(), 11.5, 1.15, 1.1, y=0.21, turn=30),
        *put(props.egg(), 11.5, 0.55, 1.25, y=0.21, turn=100),
    ]


def open_casserole() -> Form:
    """Lemons and plums in the pot, its lid leaning on it."""
    whole = stove.casserole()
    body, lid, ears = whole[:2], whole[2:4], whole[4:]
    stew = revolved(
        smooth([(0, 0.42), (0.3, 0.42), (0.58, 0.415)], 40),
        Material("crust", gloss=0.7, rough=0.10, ripple=0.2, mottle=0.5, fine=9),
    )
    parts = put([*body, *ears, stew], 20, 0.2, -0.4)
    lying = moved(lid, y=-0.495)
    for x, z in ((-0.1, -0.7), (0.55, -0.3), (0.0, 0.1)):
        parts += put(props.half_lemon(), 10, x, z, y=0.62)
    return [*parts, *put(lying, 20, -1.0, 1.55, turn=40)]


def morning_coffee() -> Form:
    """Canisters behind a dripper."""
    return [
        *put(stove.canister(1.06, 0), 19, -0.75, -0.6, own=GLAZES["tideline"]),
        *put(stove.canister(0.78, 1), 19, 0.75, -0.75, own=GLAZES["oat"]),
        *put(stove.canister(0.5, 2), 19, -0.85, 0.75, own=GLAZES["moss"]),
        *put(stove.coffee_dripper(), 15, 0.65, 0.8, turn=-20, own=GLAZES["chalk"]),
    ]


def crushed() -> Form:
    """The mortar with a lemon beside it."""
    grain = {"glaze": "#8f8d88"}
    return [
        *put(stove.mortar(), 15, 0, 0, turn=30, own=grain),
        *put(props.half_lemon(), 13, -0.7, 0.95),
        *put(props.lemon(), 13, 0.15, 1.25, turn=60),
    ]


def dough() -> Form:
    """A round of dough under the pin."""
    flat = smooth([(0, 0.10), (0.6, 0.10), (0.98, 0.075), (1.05, 0.035), (1.0, 0.0)], 100)
    paste = stretched(
        [revolved(flat, Material("milk", gloss=0.05, rough=0.8, mottle=0.08, fine=3))], 1.12, 1, 0.95
    )
    rolled = moved(turned(stove.rolling_pin(), -18), y=0.09)
    return [
        *put(paste, 16, -0.1, 0.1),
        *put(rolled, 19, 0.15, -0.1),
        *put(props.egg(), 11.5, 1.45, 1.35, turn=20),
        *put(props.egg(), 11.5, 0.95, 1.65, turn=90),
    ]


def fried_eggs() -> Form:
    """Two eggs in the pan."""
    parts = put(stove.iron_skillet(), 20)
    white, yolk = Material("milk", gloss=0.5, rough=0.2), Material("lemon", gloss=0.7, rough=0.12)
    for x, z, turn in ((-0.50, -0.15, 0), (0.42, 0.25, 70)):
        flat = stretched(
            [revolved(smooth([(0, 0.05), (0.24, 0.05), (0.40, 0.03), (0.44, 0.0)], 60), white)], 1.25, 1, 0.95
        )
        ball = revolved(smooth([(0, 0.16), (0.10, 0.14), (0.165, 0.07), (0.17, 0.03)], 40), yolk)
        parts += put([*flat, ball], 11, x, z, y=0.085, turn=turn, own={"milk": "#f8f3e8", "lemon": "#eda92f"})
    return parts


def pot_on_trivet() -> Form:
    """What the coil is for."""
    return [
        *put(stove.rope_trivet(), 15.5, 0, 0, turn=30),
        *put(kitchen.pouring_jug(), 14, -0.05, -0.1, y=0.16, own=GLAZES["chalk"]),
    ]
