"""Where the picture is taken from, so that the thing fills its frame."""

from dataclasses import dataclass

import numpy as np

from studio.mesh import Floats, Form, rotation, unit

LENS = 7.0  # distance in radii of the thing: a long lens, as for portraits
WIDE, HIGH = 0.80, 0.76  # the largest share of the frame's width and height that a thing takes


@dataclass(frozen=True)
class Camera:
    """An eye, three directions, and the window it looks through."""

    eye: Floats
    right: Floats
    up: Floats
    ahead: Floats
    middle: tuple[float, float]
    half: tuple[float, float]

    def rays(self, width: int, height: int) -> Floats:
        """The direction of each dot of the picture, row by row from the top."""
        x = self.middle[0] + self.half[0] * ((np.arange(width, dtype=np.float32) + 0.5) / width * 2 - 1)
        y = self.middle[1] - self.half[1] * ((np.arange(height, dtype=np.float32) + 0.5) / height * 2 - 1)
        over, down = np.meshgrid(x, y)
        return unit(self.ahead + over[..., None] * self.right + down[..., None] * self.up).reshape(-1, 3)


def framed(
    form: Form, pitch: float, fill: float = 1.0, aim: tuple[float, float] = (0, 0), shape: float = 1.25
) -> Camera:
    """A camera that looks down by `pitch` degrees and sees the whole form, or more closely what it aims at.

    From -1 to 1 from the left of the form to its right, and from its foot to its top.
    """
    points = np.vstack([part.points for part in form])
    low, high = points.min(0), points.max(0)
    centre, radius = (low + high) / 2, float(np.linalg.norm(high - low) / 2)
    right, up, back = rotation(-pitch, "x").T
    eye = centre + back * LENS * radius
    seen = (points - eye) @ np.stack([right, up, -back], 1)
    flat = seen[:, :2] / seen[:, 2:]
    least, most = flat.min(0), flat.max(0)
    across, tall = (most - least) / fill
    half = max(across / WIDE, tall / HIGH / shape) / 2
    middle = (least + most) / 2 + np.array([0.02 * half, 0.03 * half * shape])
    middle = middle + np.array(aim) * (most - least) / 2
    return Camera(eye, right, up, -back, (middle[0], middle[1]), (half, half * shape))
