"""A stored picture made anew in the widths and formats that pages choose from."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import PurePath
from typing import Any, BinaryIO

from PIL import Image

WIDTHS = (240, 400, 640, 960, 1600)  # A thumb, a card, a card on a sharp screen, a page, a large screen.
FORMATS: dict[str, dict[str, Any]] = {
    # One thread: the machine has shoppers to serve.
    "avif": {"format": "AVIF", "quality": 55, "speed": 6, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True},
}


def read(file: BinaryIO) -> Image.Image:
    """A picture that was checked when it was stored."""
    picture = Image.open(file, formats=["WEBP"])
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def widths(picture: Image.Image) -> list[int]:
    """Which widths are made of it; nothing is blown up."""
    widest = min(picture.width, WIDTHS[-1])
    return [width for width in WIDTHS if width < widest] + [widest]


def name(file: str, width: int, kind: str) -> str:
    """What a rendition of a file is called."""
    return f"{PurePath(file).stem}-{width}.{kind}"


def made(picture: Image.Image, file: str, wanted: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    """Every rendition by its name, the narrow ones first."""
    for width in wanted:
        height = max(1, round(picture.height * width / picture.width))
        sized = picture.resize((width, height), Image.Resampling.LANCZOS)
        for kind, how in FORMATS.items():
            content = BytesIO()
            (_on_white(sized) if kind == "jpg" else sized).save(content, **how)
            yield name(file, width, kind), content.getvalue()


def tone(picture: Image.Image) -> str | None:
    """The colour that most of it has: often its ground. A picture one can see through has none."""
    if picture.mode == "RGBA":
        return None
    two = picture.resize((48, 48), Image.Resampling.BOX).quantize(2).convert("RGB")
    colours: Any = two.getcolors() or [(1, (0, 0, 0))]
    _count, dots = max(colours)
    return "#{:02x}{:02x}{:02x}".format(*dots)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground
