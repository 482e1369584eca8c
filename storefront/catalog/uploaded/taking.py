"""Look at a file that somebody brings before it is taken in: what is no catalog is not even kept."""

from typing import IO

from storefront.catalog.importing.reading import UnreadableCatalog, open_catalog
from storefront.catalog.uploaded import actions, files, queries
from storefront.catalog.uploaded.actions import TakeIn
from storefront.catalog.uploaded.refusals import BadUpload, OneAtATime


def take(stream: IO[bytes], called: str, *, with_stock: bool) -> int:
    """Keep it and have it rehearsed; returns the id to follow it by. Raises BadUpload or OneAtATime."""
    if queries.running() is not None:
        raise OneAtATime
    file = files.keep(stream)
    try:
        return actions.take_in(TakeIn(file, called, _format(file, called), with_stock))
    except (BadUpload, OneAtATime):
        files.forget(file)
        raise


def _format(file: str, called: str) -> str:
    path = files.path_of(file)
    try:
        return open_catalog(path).columns.format
    except UnreadableCatalog as refused:
        raise BadUpload(str(refused).replace(str(path), called)) from None
