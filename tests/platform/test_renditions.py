"""The sizes and formats a stored picture is made in, and its colour."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from storefront.platform import renditions
from storefront.platform.storage import Folder


def a_picture(size: tuple[int, int], mode: str = "RGB", colour: object = "sienna") -> Image.Image:
    content = BytesIO()
    Image.new(mode, size, colour).save(content, "WEBP", lossless=True)  # type: ignore[arg-type]  # a colour
    content.seek(0)
    return renditions.read(content)


@pytest.mark.parametrize(
    ("width", "made"),
    [
        (2400, [240, 400, 640, 960, 1600]),
        (960, [240, 400, 640, 960]),
        (700, [240, 400, 640, 700]),
        (240, [240]),
        (30, [30]),
    ],
)
def test_a_picture_is_made_smaller_and_never_blown_up(width: int, made: list[int]) -> None:
    assert renditions.widths(a_picture((width, 10))) == made


def test_each_width_comes_in_three_formats_and_keeps_its_shape() -> None:
    made = dict(renditions.made(a_picture((600, 750)), "abc.webp", [240, 600]))
    assert list(made) == [
        "abc-240.avif",
        "abc-240.webp",
        "abc-240.jpg",
        "abc-600.avif",
        "abc-600.webp",
        "abc-600.jpg",
    ]
    for name, content in made.items():
        with Image.open(BytesIO(content)) as picture:
            assert picture.size == ((240, 300) if "240" in name else (600, 750))
            assert picture.format == {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[name.rpartition(".")[2]]


def test_a_strip_of_one_dot_stays_a_picture() -> None:
    made = dict(renditions.made(a_picture((2400, 1)), "abc.webp", [240]))
    with Image.open(BytesIO(made["abc-240.avif"])) as picture:
        assert picture.size == (240, 1)


def test_the_tone_is_the_colour_of_most_of_it() -> None:
    picture = a_picture((100, 100), colour="#203040")
    picture.paste("#f0e0d0", (0, 0, 100, 30))
    red, green, blue = bytes.fromhex((renditions.tone(picture) or "")[1:])
    assert abs(red - 0x20) + abs(green - 0x30) + abs(blue - 0x40) < 16


def test_what_is_see_through_has_no_tone_and_stands_on_white_where_it_must() -> None:
    picture = a_picture((40, 40), "RGBA", (200, 90, 40, 0))
    assert renditions.tone(picture) is None
    made = dict(renditions.made(picture, "abc.webp", [40]))
    with Image.open(BytesIO(made["abc-40.jpg"])) as flat:
        assert flat.getpixel((20, 20)) == (255, 255, 255)
    for kind in ("avif", "webp"):
        with Image.open(BytesIO(made[f"abc-40.{kind}"])) as open_:
            assert open_.convert("RGBA").getpixel((20, 20))[3] == 0  # type: ignore[index]  # an RGBA dot is a tuple


def test_a_folder_knows_only_names_of_ours(tmp_path: Path) -> None:
    media = Folder(tmp_path / "media")
    (tmp_path / "secret").write_text("Ada's")
    for name in ("../secret", "/etc/passwd", "..", "", "a/b.webp", "a\0.webp", ".hidden", "A b.webp"):
        with pytest.raises(FileNotFoundError):
            media.open(name)
        with pytest.raises(FileNotFoundError):
            media.save(name, b"x")
    media.save("abc-240.avif", b"one")
    media.save("abc-240.avif", b"another")
    with media.open("abc-240.avif") as file:
        assert file.read() == b"one"
    assert [path.name for path in media.path.iterdir()] == ["abc-240.avif"]
    media.remove("abc-240.avif")
    media.remove("abc-240.avif")
    with pytest.raises(FileNotFoundError):
        media.open("abc-240.avif")
