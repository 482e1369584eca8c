"""Make a backup: the database as it was at one moment, the pictures, and what is in both."""

import os
import shutil
import tarfile
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import text

from storefront.config import settings
from storefront.embedded.trouble import Trouble
from storefront.office import verify
from storefront.office.backups import manifest, tools
from storefront.office.backups.alone import HALF, alone
from storefront.platform import clock, storage

DATABASE, PICTURES = "database.dump", "pictures.tar"
SHAPE = "%Y-%m-%dT%H%M%SZ"
_REVISION = text("SELECT version_num FROM alembic_version")


def folder() -> Path:
    """Where backups go unless somebody says otherwise."""
    return settings().storefront_var / "backups"


def make(to: Path, keep: int) -> Path:
    """A new backup below a folder, of which only the newest `keep` stay. Raises Trouble.

    It appears under its name when it is whole. The pictures are taken after the database, and no file
    of theirs ever changes, so the database names none that are missing.
    """
    with alone(to):
        name = clock.now().strftime(SHAPE)
        half = to / f"{name}{HALF}"
        try:
            half.mkdir(mode=0o700, parents=True)
            _fill(half)
            half.rename(to / name)
        except OSError as error:
            raise Trouble(f"The backup cannot be written to {to}: {error.strerror}.") from error
        finally:
            shutil.rmtree(half, ignore_errors=True)
        for old in all_of(to)[keep:]:
            shutil.rmtree(old, ignore_errors=True)
    return to / name


def all_of(place: Path) -> list[Path]:
    """The backups below a folder, the newest first."""
    return sorted(
        (one.parent for one in place.glob(f"*/{manifest.NAME}") if one.parent.suffix != HALF), reverse=True
    )


def _fill(half: Path) -> None:
    with verify.snapshot() as connection:
        moment = connection.scalar(text("SELECT pg_export_snapshot()"))
        revision = connection.scalar(_REVISION) or ""
        totals = manifest.totals_of(connection)
        at = clock.now()
        tools.run(
            "pg_dump",
            settings().libpq_url,
            *("--format=custom", "--no-owner", "--no-privileges", "--no-comments"),
            "--exclude-extension=pg_stat_statements",  # The server's, not the shop's.
            f"--snapshot={moment}",
            f"--file={half.absolute() / DATABASE}",
        )
    with tarfile.open(half / PICTURES, "w") as pictures:
        if storage.media().path.is_dir():
            pictures.add(storage.media().path, arcname=".", filter=_finished)
    files = {name: manifest.file_of(half / name) for name in (DATABASE, PICTURES)}
    told = manifest.Manifest(
        at.isoformat(), version("storefront"), revision, manifest.print_of_key(), totals, files
    )
    told.write(half)
    for one in half.iterdir():
        with one.open("rb") as content:
            os.fsync(content.fileno())


def _finished(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Pictures that are still being written are another backup's."""
    return None if entry.name.endswith(".new") else entry
