"""`python -m studio`: take the demo catalog's pictures again, or a few, or a sheet of small ones."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from studio.camera import framed
from studio.exposure import expose
from studio.materials import linear
from studio.noise import forget
from studio.picture import painted
from studio.portraits import PORTRAITS
from studio.settings import SCENES
from studio.taking import Shot

FOLDER = Path(__file__).resolve().parents[2] / "storefront" / "demo" / "pictures"
WIDTH, SHAPE = 960, 5 / 4
LARGEST = 24_000  # bytes of a picture


def main() -> None:
    """Take pictures as the command line asks."""
    wanted = _arguments()
    shots = [shot for shot in (*PORTRAITS, *SCENES) if not wanted.names or shot.name in wanted.names]
    taken = []
    for shot in shots:
        for name, picture in _developed(shot, wanted.width, first_only=wanted.first):
            taken.append(picture)
            if not wanted.sheet:
                wanted.to.mkdir(parents=True, exist_ok=True)
                save(picture, wanted.to / f"{name}.webp")
    if wanted.sheet:
        sheet(taken).save(wanted.sheet)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m studio", description=__doc__)
    parser.add_argument("names", nargs="*", help="things to take; all of them when none is named")
    parser.add_argument("--width", type=int, default=WIDTH, help="dots across")
    parser.add_argument("--to", type=Path, default=FOLDER, help="folder for the pictures")
    parser.add_argument("--first", action="store_true", help="only the first colour of each thing")
    parser.add_argument("--sheet", type=Path, help="put all pictures together into this file instead")
    return parser.parse_args()


def _developed(shot: Shot, width: int, *, first_only: bool) -> Iterator[tuple[str, Image.Image]]:
    form = shot.form()
    camera = framed(form, shot.pitch, shot.fill, shot.aim, SHAPE)
    exposure = expose(form, camera, linear(shot.backdrop.paper), width, round(width * SHAPE))
    for name, palette in list(shot.pictures().items())[: 1 if first_only else None]:
        yield name, painted(exposure, palette, shot.backdrop)
    forget()


def save(picture: Image.Image, path: Path) -> None:
    """Write a picture, giving up a little of its finest detail until it is small enough."""
    for quality in range(82, 24, -6):
        picture.save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= LARGEST:
            return


def sheet(pictures: list[Image.Image], columns: int = 8) -> Image.Image:
    """All pictures side by side."""
    width, height = pictures[0].size
    rows = -(-len(pictures) // columns)
    together = Image.new("RGB", (width * min(columns, len(pictures)), height * rows))
    for number, picture in enumerate(pictures):
        together.paste(picture, (number % columns * width, number // columns * height))
    return together


main()
