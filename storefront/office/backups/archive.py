"""A second place that holds copies of all of PostgreSQL's files, and its log piece by piece since then.

PostgreSQL hands each piece over by itself (`archive_library`, see embedded/postgres.py and docs/backups.md).
With a copy that is older and every piece since, the shop can be brought back to any moment between.
"""

import re
import shutil
import tarfile
from datetime import UTC, datetime
from pathlib import Path

from storefront.config import settings
from storefront.embedded.trouble import Trouble
from storefront.office.backups import tools
from storefront.office.backups.alone import HALF, alone
from storefront.platform import clock

COPIES, LOG = "base", "wal"
SHAPE = "%Y-%m-%dT%H%M%S.%fZ"
FILES = "base.tar.gz"
PIECE = re.compile(r"[0-9A-F]{24}(\.[0-9A-F]{8}\.backup|\.partial)?")
_FIRST = re.compile(rb"START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)")


def folder() -> Path:
    """The second place. Raises Trouble when the operator named none."""
    place = settings().wal_archive
    if place is None:
        raise Trouble("There is no archive: set WAL_ARCHIVE to a folder in a second place.")
    return place


def copy(place: Path, keep: int) -> Path:
    """Copy PostgreSQL's files while it runs; the newest `keep` copies stay, and the log since the oldest.

    Raises Trouble.
    """
    copies = place / COPIES
    with alone(copies):
        half = copies / f"new{HALF}"
        try:
            how = ("--format=tar", "--gzip", "--wal-method=fetch", "--checkpoint=fast", "--no-password")
            tools.run("pg_basebackup", settings().libpq_url, *how, f"--pgdata={half.absolute()}")
            made = half.rename(copies / clock.now().strftime(SHAPE))
        except OSError as error:
            raise Trouble(f"The copy cannot be written to {copies}: {error.strerror}.") from error
        finally:
            shutil.rmtree(half, ignore_errors=True)
        for old in all_of(place)[keep:]:
            shutil.rmtree(old, ignore_errors=True)
        _forget_log(place)
    return made


def all_of(place: Path) -> list[Path]:
    """The copies, the newest first."""
    return sorted((one.parent for one in place.glob(f"{COPIES}/*Z/{FILES}")), reverse=True)


def made_at(made: Path) -> datetime:
    """When a copy was whole: from this moment on it can be brought forward."""
    return datetime.strptime(made.name, SHAPE).replace(tzinfo=UTC)


def newest(place: Path) -> float:
    """When the newest piece of the log was put away, as a timestamp; 0 when there is none."""
    return max((piece.stat().st_mtime for piece in _pieces(place)), default=0.0)


def _forget_log(place: Path) -> None:
    """Nobody needs what lies before the oldest copy."""
    oldest = _first_piece(all_of(place)[-1])
    for piece in _pieces(place):
        if piece.name[8:24] < oldest[8:24]:  # The first eight digits are the timeline.
            piece.unlink(missing_ok=True)


def _pieces(place: Path) -> list[Path]:
    return [piece for piece in place.glob(f"{LOG}/*") if PIECE.fullmatch(piece.name)]


def _first_piece(made: Path) -> str:
    """The first piece of the log that a copy needs. Raises Trouble."""
    with tarfile.open(made / FILES, "r:gz") as files:
        label = files.extractfile("backup_label")
        found = _FIRST.search(label.read()) if label else None
    if found is None:
        raise Trouble(f"{made} is no copy of PostgreSQL's files.")
    return found[1].decode()
