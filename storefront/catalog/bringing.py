"""Bring pictures from the addresses that an import named, and say why when one does not come."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from storefront.catalog.filing import file_picture
from storefront.catalog.models import Image
from storefront.platform import db, fetching, jobs, storage, uploads
from storefront.platform.fetching import NotFetched
from storefront.platform.uploads import BadPicture

log = logging.getLogger(__name__)
TRIES = 5  # the last some two and a half hours after the first
SCHEMES = ("http://", "https://")
Fetch = Callable[[str, int], bytes]
_REMOTE = Image.source.regexp_match("^https?://", flags="i")
_STAYED_AWAY = Image.file.is_(None), Image.trouble != "", _REMOTE


def is_address(source: str) -> bool:
    """Whether an import named a picture by its address, and not by a file."""
    return source.lower().startswith(SCHEMES)


def ask_for_pictures(product_id: int) -> None:
    """Have them brought by the worker, now or later; the product sells meanwhile. Part of a change."""
    jobs.defer_apart("catalog.bring_pictures", product_id=product_id, attempt=1)


def bring_pictures(product_id: int, attempt: int, fetch: Fetch = fetching.fetch) -> None:
    """Store what comes, and try what may yet come again later; after the last try it stays away."""
    troubles = [_bring(image_id, address, fetch) for image_id, address in _awaited(product_id)]
    missing = [trouble for trouble in troubles if trouble is not None]
    if attempt < TRIES and not all(trouble.hopeless for trouble in missing):
        _try_again(product_id, attempt)
    elif missing:
        log.info("%d pictures of product %d stay away: %s", len(missing), product_id, missing[0].reason)


@dataclass(frozen=True, slots=True)
class Absent:
    """A picture that stayed away, and why."""

    source: str
    trouble: str


def absent() -> list[Absent]:
    """Every picture that could not be fetched the last time."""
    rows = db.session.execute(
        select(Image.source, Image.trouble).where(*_STAYED_AWAY).order_by(Image.product_id, Image.position)
    ).all()
    db.release()
    return [Absent(row.source or "", row.trouble) for row in rows]


@db.retried
def ask_again() -> int:
    """Have every picture fetched once more that stayed away; of how many products there are any."""
    with db.transaction() as session:
        touched = update(Image).where(*_STAYED_AWAY).values(trouble="").returning(Image.product_id)
        products = sorted(set(session.scalars(touched)))
        for product_id in products:
            ask_for_pictures(product_id)
    return len(products)


def _awaited(product_id: int) -> list[tuple[int, str]]:
    rows = db.session.execute(
        select(Image.id, Image.source)
        .where(Image.product_id == product_id, Image.file.is_(None), _REMOTE)
        .order_by(Image.position, Image.id)
    ).all()
    db.release()
    return [(row.id, row.source or "") for row in rows]


def _bring(image_id: int, address: str, fetch: Fetch) -> NotFetched | None:
    """Store it, or say why not."""
    try:
        stored = uploads.keep(fetch(address, uploads.MAX_BYTES), storage.media())
    except NotFetched as trouble:
        _note(image_id, trouble.reason)
        return trouble
    except BadPicture as trouble:
        _note(image_id, trouble.reason)
        return NotFetched(trouble.reason, hopeless=True)
    file_picture(image_id, stored)
    return None


@db.retried
def _note(image_id: int, trouble: str) -> None:
    with db.transaction() as session:
        session.execute(update(Image).where(Image.id == image_id).values(trouble=trouble))


@db.retried
def _try_again(product_id: int, attempt: int) -> None:
    """After 1, 5, 25 and 125 minutes."""
    with db.transaction():
        after = timedelta(minutes=5 ** (attempt - 1))
        jobs.defer_apart("catalog.bring_pictures", after, product_id=product_id, attempt=attempt + 1)
