"""Bring PostgreSQL's files back as they were at a moment, into a new data folder, from the second place."""

import shlex
import shutil
import tarfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg

from storefront.embedded import place as places
from storefront.embedded import postgres
from storefront.embedded.place import Place
from storefront.embedded.trouble import Trouble
from storefront.office.backups import archive

PATIENCE = 6 * 3600  # seconds; a long log takes its time
OURS = "postgresql.auto.conf"


@dataclass(frozen=True, slots=True)
class Returned:
    """How it went: from which copy, up to which change, and how long it took."""

    copy: Path
    last_change: datetime | None
    seconds: float
    files: Path
    """PostgreSQL's data folder, stopped in good order."""


def bring_back(second: Path, moment: datetime | None, into: Path) -> Returned:
    """Everything that was committed before a moment (None: up to the end of the log). Raises Trouble."""
    began = time.monotonic()
    made = _copy_before(second, moment)
    where = places.prepare(into)
    files = where.servers / "postgres"
    if files.exists():
        raise Trouble(f"{files} exists already: name a new folder.")
    try:
        _unpack(made, files, where)
        _aim(files, second.absolute() / archive.LOG, moment)
        server = postgres.start(where, patience=PATIENCE, more={"hot_standby": "off"})
        try:
            last = _last_change(where)
        finally:
            server.stop(60)
        (files / OURS).write_text("")  # What led here would lead astray the next time.
    except Trouble as trouble:
        shutil.rmtree(files, ignore_errors=True)
        raise Trouble(
            "The log does not lead to that moment; the last five minutes may not be put away yet"
            f" (SELECT pg_switch_wal() hurries them). {trouble}"
        ) from trouble
    return Returned(made, last, time.monotonic() - began, files)


def _copy_before(second: Path, moment: datetime | None) -> Path:
    for made in archive.all_of(second):
        if moment is None or archive.made_at(made) <= moment:
            return made
    raise Trouble(f"{second} holds no copy that is older: make one with storefront base-backup, every night.")


def _unpack(made: Path, files: Path, where: Place) -> None:
    files.mkdir(mode=0o700)
    with tarfile.open(made / archive.FILES, "r:gz") as packed:
        packed.extractall(files, filter="data")
    if not where.account.is_us:
        for path in (files, *files.rglob("*")):
            shutil.chown(path, where.account.uid, where.account.gid)
    files.chmod(0o700)


def _aim(files: Path, log: Path, moment: datetime | None) -> None:
    """Tell PostgreSQL where its log is and how far to go."""
    fetch = f'cp {shlex.quote(str(log).replace("%", "%%"))}/%f "%p"'.replace("'", "''")
    said = [f"restore_command = '{fetch}'"]
    if moment is not None:
        said += [f"recovery_target_time = '{moment.isoformat()}'", "recovery_target_action = 'promote'"]
    (files / OURS).write_text("\n".join(said) + "\n")
    (files / "recovery.signal").touch()


def _last_change(where: Place) -> datetime | None:
    address = postgres.address(where, "postgres", role="postgres")
    with psycopg.connect(address) as connection:
        row = connection.execute("SELECT pg_last_xact_replay_timestamp()").fetchone()
    return row[0] if row else None
