"""A picture to be taken: of which thing, from where, before what, in which colours."""

from collections.abc import Callable
from dataclasses import dataclass, field

from studio.colours import COMMON
from studio.materials import Palette
from studio.mesh import Form
from studio.picture import Backdrop


@dataclass(frozen=True)
class Shot:
    """A thing before the camera; `colours` names a picture for each colour it comes in."""

    name: str
    form: Callable[[], Form]
    pitch: float
    backdrop: Backdrop
    colours: dict[str, Palette] = field(default_factory=lambda: {"": {}})
    fill: float = 1.0
    aim: tuple[float, float] = (0, 0)

    def pictures(self) -> dict[str, Palette]:
        """Each picture's name and its colours."""
        return {f"{self.name}-{colour}".strip("-"): COMMON | own for colour, own in self.colours.items()}
