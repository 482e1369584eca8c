"""What a picture from outside may be, and what is left of it."""

import re
import struct
import time
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


def a_bomb(width: int = 60_000, height: int = 60_000, body: bytes = b"x") -> bytes:
    """A PNG of a few bytes that says it is 60,000 dots wide and high."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


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
        (a_bomb(50_000, 50_000, zlib.compress(bytes(8_000_000), 9)), "million pixels"),
        (a_bomb(2**31 - 1, 1), "million pixels"),
        (a_bomb(0, 7), "no JPEG"),
        (a_bomb(6000, 6000, zlib.compress(bytes(8_000_000), 9)), "damaged"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no JPEG"),
        (b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'a'>]><svg>&a;</svg>", "no JPEG"),
        (b"%PDF-1.7\n", "no JPEG"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "no JPEG"),
        (a_picture("PNG", (8000, 6000), "1"), "million pixels"),
    ],
)
def test_what_is_no_good_picture_is_refused_before_it_is_decoded(
    content: bytes, reason: str, tmp_path: Path
) -> None:
    begun = time.process_time()
    with pytest.raises(BadPicture) as refused:
        uploads.keep(content, Folder(tmp_path))
    assert time.process_time() - begun < 1
    assert reason in refused.value.message()
    assert not list(tmp_path.iterdir())


def test_our_own_pictures_are_kept_byte_by_byte(tmp_path: Path) -> None:
    content = a_picture("WEBP")
    stored = uploads.keep_as_it_is(content, Folder(tmp_path))
    assert (tmp_path / stored.file).read_bytes() == content
    with pytest.raises(BadPicture):
        uploads.keep_as_it_is(a_picture("PNG"), Folder(tmp_path))


@pytest.mark.parametrize("kind", ["GIF", "JPEG", "PNG", "WEBP"])
def test_nothing_is_left_of_what_else_a_picture_was(kind: str, tmp_path: Path) -> None:
    """A page of HTML or an archive behind the dots, or in a comment between them."""
    behind = b"<script>alert(1)</script>PK\x03\x04"
    stored = uploads.keep(a_picture(kind) + behind, Folder(tmp_path))
    content = (tmp_path / stored.file).read_bytes()
    assert b"script" not in content
    assert b"PK\x03\x04" not in content


def test_of_a_film_the_first_moment_is_kept(tmp_path: Path) -> None:
    film = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("sienna", "navy", "olive")]
    frames[0].save(film, "GIF", save_all=True, append_images=frames[1:] * 30)
    stored = uploads.keep(film.getvalue(), Folder(tmp_path))
    with Image.open(tmp_path / stored.file) as picture:
        assert getattr(picture, "n_frames", 1) == 1


def a_film(moments: int) -> bytes:
    """A GIF of so many moments of one dot."""
    head = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
    moment = b"\x21\xf9\x04\x00\x01\x00\x00\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00"
    return head + moment * moments + b"\x3b"


@pytest.mark.parametrize("moments", [10_000, 340_000])
def test_a_film_without_end_is_refused_at_once(moments: int, tmp_path: Path) -> None:
    begun = time.process_time()
    with pytest.raises(BadPicture) as refused:
        uploads.keep(a_film(moments), Folder(tmp_path))
    assert "film" in refused.value.message()
    assert time.process_time() - begun < 1
    assert uploads.keep(a_film(30), Folder(tmp_path)).width == 1


def test_a_name_is_made_of_the_content_alone(tmp_path: Path) -> None:
    """Nobody's name for a file is ever used: there is no `../` to guard against."""
    stored = uploads.keep(a_picture(), Folder(tmp_path))
    assert re.fullmatch(r"[0-9a-f]{32}\.webp", stored.file)
