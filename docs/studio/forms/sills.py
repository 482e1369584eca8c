"""Vessels together, as they stand on a sill."""

from studio.colours import GLAZES
from studio.forms import props, vessels
from studio.forms.placing import put
from studio.mesh import Form, moved


def harbour_vases() -> Form:
    """All glazes, in all sizes."""
    vase = vessels.harbour_vase()
    return [
        *put(vase, 23, 0.9, -1.6, own=GLAZES["oat"], turn=60),
        *put(vase, 16.5, -1.6, 0.1, own=GLAZES["tideline"]),
        *put(vase, 11, 0.7, 1.5, own=GLAZES["ember"], turn=140),
        *put(props.branch(1.4, 2), 23, 0.9, -1.6, y=1.5),
    ]


def stem_bottles() -> Form:
    """Three on a sill."""
    parts: Form = []
    for number, name in enumerate(("night", "celadon", "rose")):
        parts += put(
            vessels.stem_bottle(),
            17,
            1.35 * (number - 1),
            0.25 * (number % 2),
            turn=70 * number,
            own=GLAZES[name],
        )
    return parts


def moon_jars() -> Form:
    """The large one in iron and the small one in chalk, and a pear."""
    jar = vessels.moon_jar()
    return [
        *put(jar, 22, 0.5, -0.5, own=GLAZES["iron"]),
        *put(jar, 15.4, -1.25, 1.1, own=GLAZES["chalk"], turn=90),
        *put(props.pear(), 13, 0.75, 1.7),
    ]


def amphoras() -> Form:
    """Both sizes, with a branch in the tall one."""
    jar = vessels.amphora()
    return [
        *put(jar, 24, 0.55, -0.6, own=GLAZES["ember"], turn=20),
        *put(jar, 15, -1.3, 0.9, own=GLAZES["chalk"], turn=-40),
        *put(props.branch(1.3, 4), 24, 0.55, -0.6, y=3.0),
    ]


def buds() -> Form:
    """The cool three on books."""
    cool = GLAZES["fog"] | {"glaze1": "#4e7f86", "glaze2": "#a7bda6"}
    return [
        *put(props.books("#a9573a", "#d9c7a6"), 18, turn=14),
        *put(vessels.bud_trio(), 13, -0.1, 0, y=0.58, own=cool),
    ]


def ginger_jars() -> Form:
    """Open, its lid beside it."""
    body, lid = vessels.ginger_jar()[:2], vessels.ginger_jar()[2:]
    leaning = put(moved(lid, y=-0.985), 18, 1.35, 1.0, turn=20)
    return [
        *put(body, 18, -0.35, -0.3),
        *leaning,
        *put(props.plum(), 12, 0.35, 1.5),
        *put(props.plum(), 12, -0.2, 1.85, turn=90),
    ]


def ring_with_branch() -> Form:
    """The ring in both glazes, one with a branch."""
    ring = vessels.ring_bottle()
    return [
        *put(ring, 17, 0.7, -0.5, turn=-30, own=GLAZES["chalk"]),
        *put(ring, 17, -0.95, 0.6, turn=10, own=GLAZES["rose"]),
        *put(props.branch(1.0, 5), 17, 0.7, -0.5, y=1.75),
    ]
