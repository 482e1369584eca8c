"""Where uploaded catalogs lie until they are swept, under names that nobody can guess."""

import secrets
from datetime import datetime
from pathlib import Path
from typing import IO

from storefront.catalog.uploaded.refusals import BadUpload
from storefront.config import settings
from storefront.platform.i18n import gettext as _

MAX_BYTES = 32 * 1024 * 1024
_PIECE = 1024 * 1024


def folder() -> Path:
    """The folder of all uploads."""
    return settings().storefront_var / "uploads"


def path_of(name: str) -> Path:
    """Where one of them lies; `name` comes from our own table."""
    return folder() / name


def keep(stream: IO[bytes]) -> str:
    """Store what comes, and give it a name. Raises BadUpload when it is too large."""
    folder().mkdir(parents=True, exist_ok=True)
    name, size = f"{secrets.token_hex(16)}.csv", 0
    with path_of(name).open("wb") as target:
        while size <= MAX_BYTES and (piece := stream.read(_PIECE)):
            target.write(piece)
            size += len(piece)
    if size > MAX_BYTES:
        forget(name)
        raise BadUpload(_("The file is larger than %(limit)s MB.", limit=MAX_BYTES // 1024**2))
    return name


def forget(name: str) -> None:
    """Remove it."""
    path_of(name).unlink(missing_ok=True)


def forget_older(before: datetime) -> None:
    """Remove all files from before a moment."""
    for path in folder().glob("*.csv"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
