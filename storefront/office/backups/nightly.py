"""Every night, where the operator wants it: a backup, and a copy at the beginning of a new log."""

import logging

from storefront.config import settings
from storefront.office.backups import archive, making
from storefront.platform import db, jobs

log = logging.getLogger(__name__)
KEPT, COPIES = 14, 2


def ask_for_backup() -> None:
    """Let the worker make one in the line of what takes long, unless nobody wants any."""
    if settings().backup_nightly:
        with db.transaction():
            jobs.defer_apart("office.back_up")


def back_up() -> None:
    """Make the backup, and the copy where there is a second place. Raises Trouble."""
    log.info("a backup was made: %s", making.make(making.folder(), KEPT).name)
    if place := settings().wal_archive:
        log.info("a copy was made: %s", archive.copy(place, COPIES).name)
