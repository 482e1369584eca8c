"""A table laid: plates, bowls and cups with what belongs in them."""

from studio.colours import GLAZES
from studio.curves import smooth
from studio.forms import cutlery, kitchen, props, stove, table
from studio.forms.placing import coffee, put
from studio.materials import Material
from studio.mesh import Form, dyed, moved, turned
from studio.shapes import block, revolved


def plates() -> Form:
    """A pile of both sizes and all glazes."""
    parts: Form = []
    for number, name in enumerate(("moss", "oat", "fog", "oat", "moss")):
        parts += put(table.supper_plate(), 16.5, y=0.155 * number, turn=40 * number, own=GLAZES[name])
    for number, name in enumerate(("fog", "oat", "moss")):
        parts += put(table.supper_plate(), 12.8, y=0.78 + 0.12 * number, turn=50 * number, own=GLAZES[name])
    return [*parts, *put(props.pear(), 13, 0.05, 0, y=1.08)]


def bowls() -> Form:
    """Four in one another, and one beside them with an egg."""
    parts: Form = []
    for number, name in enumerate(("night", "tideline", "rose", "oat")):
        parts += put(
            table.porridge_bowl(), 12.5, -0.5, -0.4, y=0.29 * number, turn=80 * number, own=GLAZES[name]
        )
    return [
        *parts,
        *put(table.porridge_bowl(), 12.5, 0.75, 0.75, own=GLAZES["tideline"]),
        *put(props.lemon(), 13, 0.72, 0.7, y=0.30, turn=30),
    ]


def mugs() -> Form:
    """All four, and a pear to tell how large they are."""
    parts: Form = []
    for name, x, z, turn in (
        ("ember", -0.7, 0.5, 200),
        ("fog", 0.45, 0.75, -30),
        ("night", -0.25, -0.65, 100),
        ("moss", 0.95, -0.45, 30),
    ):
        parts += put(table.everyday_mug(), 11.5, x, z, turn=turn, own=GLAZES[name])
    return [*parts, *put(props.pear(), 13, -0.10, 1.45, turn=60)]


def cup_towers() -> Form:
    """A tower of four, and a pair beside it."""
    cups = table.stacked_cups()
    one = cups[:2]
    return [
        *put(cups, 16, -0.4, -0.2, own=GLAZES["celadon"]),
        *put(cups, 16, -0.4, -0.2, y=0.864, turn=50, own=GLAZES["oat"]),
        *put(one, 16, 0.75, 0.35, own=GLAZES["oat"]),
        *put(coffee(0.30, 0.36), 16, 0.75, 0.35),
    ]


def tea_for_two() -> Form:
    """The pot on its trivet, and two cups."""
    one = table.stacked_cups()[:2]
    parts = [
        *put(stove.rope_trivet(), 12, 0.1, -0.5),
        *put(kitchen.slow_teapot(), 17, 0.1, -0.5, y=0.13, own=GLAZES["iron"]),
    ]
    for x, z, name in ((-1.2, 0.95, "celadon"), (0.15, 1.35, "oat")):
        parts += put(one, 15, x, z, own=GLAZES[name])
        parts += put(coffee(0.30, 0.36), 15, x, z, own={"coffee": "#8a4a22"})
    return parts


def laid_dish() -> Form:
    """Pears, lemons and plums in the dish."""
    parts = put(table.sunday_dish(), 15.7, own=GLAZES["tideline"])
    for fruit, x, z, turn in (
        (props.pear(), -0.55, -0.15, 0),
        (props.pear(), 0.0, -0.40, 80),
        (props.lemon(), 0.55, -0.45, 20),
        (props.half_lemon(), 0.85, 0.05, 0),
        (props.plum(), 0.30, 0.15, 0),
        (props.plum(), -0.15, 0.25, 70),
        (props.plum(), -0.85, 0.45, 150),
    ):
        parts += put(fruit, 13, x, z, turn=turn, y=0.09)
    return parts


def four_eggs() -> Form:
    """Four stands in all glazes, one without its egg."""
    parts: Form = []
    for name, x, z in (("oat", -0.5, -0.25), ("rose", 0.35, -0.45), ("celadon", -0.1, 0.55)):
        parts += put(table.egg_stand(1), 11.5, x + 0.3, z, own=GLAZES[name])
    empty = table.egg_stand(1)[:2]
    return [
        *parts,
        *put(empty, 11.5, 1.15, 0.5, own=GLAZES["oat"]),
        *put(props.egg(), 11.5, 0.72, 1.05, turn=30),
    ]


def cake() -> Form:
    """A cake with plums on the stand."""
    sponge = smooth([(0, 0), (0.56, 0.0), (0.59, 0.03), (0.59, 0.26), (0.55, 0.30), (0, 0.31)], 160)
    icing = smooth([(0, 0.345), (0.5, 0.345), (0.595, 0.31), (0.605, 0.22), (0.60, 0.20), (0, 0.2)], 160)
    crumb = Material("crust", gloss=0.05, rough=0.8, mottle=0.35, fine=22)
    parts = [
        *put(table.cake_stand(), 16),
        *put(
            [revolved(sponge, crumb), revolved(icing, Material("milk", gloss=0.4, rough=0.25))], 16, y=0.935
        ),
    ]
    for x, z, turn in ((-0.25, 0.05, 0), (0.22, -0.15, 60), (0.10, 0.35, 130)):
        parts += put(props.plum(), 11, x, z, y=1.48, turn=turn)
    return parts


def open_butter() -> Form:
    """The lid beside the dish, and butter in it."""
    tray, lid = table.butter_dish()[:1], table.butter_dish()[1:]
    butter = turned(
        moved(block(0.92, 0.30, 0.46, 0.03, Material("milk", gloss=0.3, rough=0.35, mottle=0.04)), y=0.09), 26
    )
    return [*tray, *dyed(butter, {"milk": "#efdca0"}), *moved(turned(lid, -40), x=-0.5, y=-0.085, z=-1.15)]


def place_setting() -> Form:
    """A plate and a bowl, and the cutlery beside them."""
    return [
        *put(table.supper_plate(), 16.5, -0.75, -0.2, own=GLAZES["fog"]),
        *put(table.porridge_bowl(), 12.5, -0.75, -0.2, y=0.08, own=GLAZES["rose"]),
        *put(cutlery.table_cutlery(), 10, 1.25, 0.1, own={"handle": "#6d4a33"}),
    ]
