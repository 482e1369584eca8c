"""What a picture from outside may be, and what is left of it."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from storefront.platform import uploads
from storefront.platform.storage import Folder
from storefront.platform.uploads import BadPicture


@pytest.fixture(autouse=True)
def _inside(app: Flask) -> object:
    with app.app_context():
        yield


def a_picture(
    kind: str = "PNG", size: tuple[int, int] = (40, 50), mode: str = "RGB", **saved: object
) -> bytes:
    content = BytesIO()
    Image.new(mode, size, "sienna").save(content, kind, **saved)
    return content.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_each_kind_becomes_webp_named_by_its_content(kind: str, tmp_path: Path) -> None:
    stored = uploads.keep(a_picture(kind), Folder(tmp_path))
    with Image.open(tmp_path / stored.file) as picture:
        assert (picture.format, picture.size) == ("WEBP", (40, 50))
    assert (stored.width, stored.height) == (40, 50)
    assert uploads.keep(a_picture(kind), Folder(tmp_path)) == stored
    assert [path.name for path in tmp_path.iterdir()] == [stored.file]


def test_where_a_photograph_was_taken_is_forgotten_and_it_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # The camera was held sideways.
    exif[0x010E] = "Ada's kitchen"
    stored = uploads.keep(a_picture("JPEG", exif=exif), Folder(tmp_path))
    content = (tmp_path / stored.file).read_bytes()
    assert (stored.width, stored.height) == (50, 40)
    assert b"kitchen" not in content
    with Image.open(BytesIO(content)) as picture:
        assert not picture.getexif()


def test_what_is_see_through_stays_so(tmp_path: Path) -> None:
    content = BytesIO()
    Image.new("RGBA", (8, 8), (200, 90, 40, 0)).save(content, "PNG")
    stored = uploads.keep(content.getvalue(), Folder(tmp_path))
    with Image.open(tmp_path / stored.file) as picture:
        assert picture.convert("RGBA").getpixel((4, 4))[3] == 0  # type: ignore[index]  # an RGBA dot is a tuple


def test_a_large_picture_is_made_smaller(tmp_path: Path) -> None:
    stored = uploads.keep(a_picture(size=(4800, 1200)), Folder(tmp_path))
    assert (stored.width, stored.height) == (2400, 600)


def a_bomb() -> bytes:
    """A PNG of a few bytes that says it is 60,000 dots wide and high."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no JPEG"),
        (b"GIF89a, said a page of HTML", "no JPEG"),
        (a_picture()[:60], "damaged"),
        (a_picture("JPEG", (400, 400))[:700], "damaged"),
        (a_picture("BMP"), "no JPEG"),
        (a_picture("TIFF"), "no JPEG"),
        (b"\0" * (uploads.MAX_BYTES + 1), "larger than 8 MB"),
        (a_bomb(), "million pixels"),
        (a_picture("PNG", (8000, 6000), "1"), "million pixels"),
    ],
)
def test_what_is_no_good_picture_is_refused_before_it_is_decoded(
    content: bytes, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(BadPicture) as refused:
        uploads.keep(content, Folder(tmp_path))
    assert reason in refused.value.message()
    assert not list(tmp_path.iterdir())


def test_our_own_pictures_are_kept_byte_by_byte(tmp_path: Path) -> None:
    content = a_picture("WEBP")
    stored = uploads.keep_as_it_is(content, Folder(tmp_path))
    assert (tmp_path / stored.file).read_bytes() == content
    with pytest.raises(BadPicture):
        uploads.keep_as_it_is(a_picture("PNG"), Folder(tmp_path))
