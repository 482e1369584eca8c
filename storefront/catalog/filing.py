"""Bring pictures that an import named by their files among the shop's own."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from flask_babel import gettext as _
from sqlalchemy import select, update

from storefront.catalog.models import Image
from storefront.platform import db, jobs, uploads
from storefront.platform.storage import Storage
from storefront.platform.uploads import BadPicture, Stored

Keep = Callable[[bytes, Storage], Stored]


@dataclass(frozen=True, slots=True)
class Unfiled:
    """A file that gave no picture, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A picture that is known by the name of a file only."""

    id: int
    product_id: int
    source: str


def file_pictures(folder: Path, media: Storage, keep: Keep = uploads.keep) -> tuple[int, list[Unfiled]]:
    """Store every picture that waits for a file of this folder; how many came, and which could not."""
    stored, unfiled = 0, []
    for image in _waiting():
        try:
            file_picture(image.id, keep(_content(folder, image.source), media))
            stored += 1
        except BadPicture as refused:
            unfiled.append(Unfiled(image.source, refused.message()))
    return stored, unfiled


def _waiting() -> list[Waiting]:
    """Those without a file whose source is no address."""
    rows = db.session.execute(
        select(Image.id, Image.product_id, Image.source)
        .where(Image.file.is_(None), ~Image.source.regexp_match("^https?://", flags="i"))
        .order_by(Image.product_id, Image.position, Image.id)
    ).all()
    db.release()
    return [Waiting(row.id, row.product_id, row.source or "") for row in rows]


def is_there(folder: Path, source: str) -> bool:
    """Whether a file that an import names stands in this folder or below it."""
    try:
        return _place(folder, source).is_file()
    except (BadPicture, OSError, ValueError):
        return False


def _content(folder: Path, source: str) -> bytes:
    """The bytes of a file in this folder or below it. Raises BadPicture."""
    try:
        with _place(folder, source).open("rb") as file:
            return file.read(uploads.MAX_BYTES + 1)
    except (OSError, ValueError):  # A name with a NUL in it is a ValueError.
        raise BadPicture(_("There is no such file.")) from None


def _place(folder: Path, source: str) -> Path:
    path = (folder / unquote(source)).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise BadPicture(_("The file is outside of the folder."))
    return path


@db.retried
def file_picture(image_id: int, stored: Stored) -> None:
    """Write down where the picture is now, and ask once for its renditions."""
    with db.transaction() as session:
        product_id = session.scalar(
            update(Image)
            .where(Image.id == image_id, Image.file.is_distinct_from(stored.file))
            .values(
                file=stored.file,
                width=stored.width,
                height=stored.height,
                renditions=[],
                tone=None,
                trouble="",
            )
            .returning(Image.product_id)
        )
        if product_id is not None:
            jobs.defer_apart("catalog.render_image", image_id=image_id)
            db.inside().tag(f"product:{product_id}")
