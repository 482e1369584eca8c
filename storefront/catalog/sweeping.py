"""Remove the files of pictures that nothing shows any more."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import select

from storefront.catalog.models import Image
from storefront.platform import clock, db
from storefront.platform.storage import Storage
from storefront.shop.queries import read

log = logging.getLogger(__name__)
SPARED = timedelta(days=2)
"""How long a file may be without a picture: it is stored before the change that names it is committed."""


def sweep_pictures(media: Storage, before: datetime | None = None) -> int:
    """Remove every file from before a moment, and every size made of it, that nothing names any more."""
    old = list(media.older(before or clock.now() - SPARED))
    shown = _shown()
    swept = [name for name in old if _stem(name) not in shown]
    for name in swept:
        media.remove(name)
    if swept:
        log.info("%d files of pictures that are gone were removed", len(swept))
    return len(swept)


def _shown() -> set[str]:
    """The stems of all files that pages may ask for."""
    files = set(db.session.scalars(select(Image.file).where(Image.file.is_not(None)).distinct()))
    logo = read().logo
    db.release()
    return {_stem(file) for file in (*files, logo["file"] if logo else None) if file}


def _stem(name: str) -> str:
    """What a picture's file and its sizes have in common: `a1b2` of `a1b2.webp` and `a1b2-400.jpg`."""
    return name.split(".", maxsplit=1)[0].split("-", maxsplit=1)[0]
