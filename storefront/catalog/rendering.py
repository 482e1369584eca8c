"""Make the sizes of a picture that pages choose from, beside the shop's work and behind it."""

import logging
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select, update

from storefront.catalog.models import Image
from storefront.platform import db, renditions, storage
from storefront.platform.storage import Storage

log = logging.getLogger(__name__)
NICENESS = 15  # of 19: pages, mails and the database go first


def render_image(image_id: int) -> None:
    """Make its renditions and write down which there are; once is enough."""
    row = db.session.execute(
        select(Image.file, Image.renditions, Image.product_id).where(Image.id == image_id)
    ).one_or_none()
    db.release()
    if row is None or row.file is None or row.renditions:
        return
    try:
        with ThreadPoolExecutor(1, initializer=_step_back) as pool:
            widths, tone = pool.submit(_render, storage.media(), row.file).result()
    except FileNotFoundError:
        log.warning("the picture %s of product %s is not among the files", row.file, row.product_id)
        return
    _note(image_id, row.file, widths, tone)


def _render(media: Storage, file: str) -> tuple[list[int], str | None]:
    with media.open(file) as content:
        picture = renditions.read(content)
    widths = renditions.widths(picture)
    for name, made in renditions.made(picture, file, widths):
        media.save(name, made)
    return widths, renditions.tone(picture)


@db.retried
def _note(image_id: int, file: str, widths: list[int], tone: str | None) -> None:
    with db.transaction() as session:
        product_id = session.scalar(
            update(Image)
            .where(Image.id == image_id, Image.file == file)
            .values(renditions=widths, tone=tone)
            .returning(Image.product_id)
        )
        if product_id is not None:
            db.inside().tag(f"product:{product_id}")


def _step_back() -> None:
    """Linux lets a single thread wait behind all others; elsewhere it is one of many."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
