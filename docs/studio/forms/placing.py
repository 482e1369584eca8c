"""Where things stand together, each in its true size: one unit is ten centimetres."""

from studio.curves import smooth
from studio.materials import Material
from studio.mesh import Form, dyed, moved, scaled, turned
from studio.shapes import revolved

Dyes = dict[str, str]
NO_DYES: Dyes = {}


def put(  # noqa: PLR0913 - most of them are seldom said
    form: Form, cm: float, x: float = 0, z: float = 0, *, turn: float = 0, y: float = 0, own: Dyes = NO_DYES
) -> Form:
    """A form whose unit is so many centimetres, at its place, perhaps in colours of its own."""
    placed = moved(turned(scaled(form, cm / 10), turn), x=x, y=y, z=z)
    return dyed(placed, own) if own else placed


def coffee(radius: float, height: float) -> Form:
    """What stands in a cup."""
    return [
        revolved(
            smooth([(0, height), (radius * 0.5, height), (radius, height)], 20),
            Material("coffee", gloss=0.8, rough=0.06),
        )
    ]
