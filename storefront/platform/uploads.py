"""Pictures from outside: looked at before they are decoded, made anew, named by their content."""

import hashlib
from dataclasses import dataclass
from io import BytesIO

from flask_babel import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from storefront.platform.errors import Refusal
from storefront.platform.storage import Storage

MAX_BYTES = 8 * 1024 * 1024
MAX_DOTS = 40_000_000  # What a good camera makes; decoding it takes some 120 MB for a moment.
MAX_SIDE = 2400  # Nobody is shown more; larger pictures are made smaller.
MAX_FRAMES = 1000  # Of a film only the first moment is kept; one that never ends is no picture.
FRAME = b"\x21\xf9\x04"  # what begins a moment of a GIF
KINDS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
UNREADABLE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    SyntaxError,
    ValueError,
)
"""Everything Pillow raises at bytes that are not quite a picture."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A picture among the shop's own files, and its measures in pixels."""

    file: str
    width: int
    height: int


@dataclass
class BadPicture(Refusal):
    """These bytes cannot be a picture of the shop."""

    reason: str
    status = 422
    code = "bad-picture"

    def message(self) -> str:
        return self.reason


def keep(content: bytes, media: Storage) -> Stored:
    """Check a picture, make it anew without anything else it may hold, and store it. Raises BadPicture."""
    picture = _decoded(_opened(content))
    picture.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    made = BytesIO()
    picture.save(made, "WEBP", quality=82, method=4)
    return _stored(made.getvalue(), picture.size, media)


def keep_as_it_is(content: bytes, media: Storage) -> Stored:
    """Store a WebP picture that comes with this program, as it is. Raises BadPicture."""
    picture = _opened(content)
    if picture.format != "WEBP":
        raise BadPicture(_("This is no WebP picture."))
    return _stored(content, picture.size, media)


def _opened(content: bytes) -> Image.Image:
    """The picture's kind and measures, told by its first bytes alone. Raises BadPicture."""
    if len(content) > MAX_BYTES:
        raise BadPicture(_("The picture is larger than %(limit)s MB.", limit=MAX_BYTES // 1024**2))
    try:
        picture = Image.open(BytesIO(content), formats=KINDS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadPicture(_too_many_dots()) from None
    except UNREADABLE:
        raise BadPicture(_("This is no JPEG, PNG, WebP, GIF or AVIF picture.")) from None
    if picture.width * picture.height > MAX_DOTS:
        raise BadPicture(_too_many_dots())
    if _frames(picture, content) > MAX_FRAMES:
        raise BadPicture(_("This is a film and no picture."))
    return picture


def _frames(picture: Image.Image, content: bytes) -> int:
    """How many moments it has. Pillow would walk through a whole GIF to say so; its bytes are counted."""
    if picture.format == "GIF":
        return content.count(FRAME)
    frames: int = getattr(picture, "n_frames", 1)
    return frames


def _decoded(picture: Image.Image) -> Image.Image:
    """The dots themselves, upright; nothing of the camera, the place or the author. Raises BadPicture."""
    try:
        upright = ImageOps.exif_transpose(picture)
        plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except UNREADABLE:
        raise BadPicture(_("The picture is damaged.")) from None
    plain.info.clear()
    return plain


def _stored(content: bytes, size: tuple[int, int], media: Storage) -> Stored:
    name = f"{hashlib.sha256(content).hexdigest()[:32]}.webp"
    media.save(name, content)
    return Stored(name, *size)


def _too_many_dots() -> str:
    return _("The picture has more than %(limit)s million pixels.", limit=MAX_DOTS // 10**6)
