"""Bring a backup back, or rehearse that beside the running shop."""

import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from storefront.config import settings
from storefront.embedded.trouble import Trouble
from storefront.office import verify
from storefront.office.backups import manifest, tools
from storefront.office.backups.making import DATABASE, PICTURES
from storefront.platform import cache, migrations, storage


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """How a restore would go: what it would lack, what it would break, and how long it takes."""

    seconds: float
    differences: dict[str, tuple[int, int]]
    """Totals that are not what they were: when the backup was made, and after the restore."""
    violations: list[str]


def restore(folder: Path, *, other_key: bool = False) -> None:
    """Put the shop of a backup in the place of this one. Raises Trouble before anything was changed.

    The database is replaced in one transaction. Pictures are added: their names stand for their content.
    """
    told = _fitting(folder)
    if told.key != manifest.print_of_key() and not other_key:
        raise Trouble(
            "This backup was made with another SECRET_KEY, which no backup holds: set that one,"
            " or add --other-key and let everybody sign in anew."
        )
    here = migrations.revision()
    if here not in (None, told.revision):
        raise Trouble(
            f"This backup is of {told.revision}, and the database is at {here}, whose tables would be left"
            " among the others: name an empty one in DATABASE_URL, restore there, and migrate it."
        )
    how = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction")
    tools.run("pg_restore", settings().libpq_url, *how, folder.absolute() / DATABASE)
    place = storage.media().path
    place.mkdir(parents=True, exist_ok=True)
    with tarfile.open(folder / PICTURES) as pictures:
        pictures.extractall(place, filter="data")
    if server := cache.valkey():
        server.flushdb()  # Nothing that is kept there may not be lost.


def rehearse(folder: Path) -> Rehearsal:
    """Restore the database into a scratch one, look at it, and remove it again. Raises Trouble."""
    began = time.monotonic()
    told = _fitting(folder)
    with _scratch() as scratch:
        how = ("--no-owner", "--no-privileges", "--exit-on-error")
        address = make_conninfo(settings().libpq_url, dbname=scratch)
        tools.run("pg_restore", address, *how, folder.absolute() / DATABASE)
        with verify.snapshot(scratch) as connection:
            totals = manifest.totals_of(connection)
            broken = [found.invariant.code for found in verify.examine(connection) if found.violations]
    differ = {name: (was, totals[name]) for name, was in told.totals.items() if totals[name] != was}
    return Rehearsal(time.monotonic() - began, differ, broken)


def _fitting(folder: Path) -> manifest.Manifest:
    told = manifest.read(folder)
    manifest.prove(told, folder)
    if told.revision not in migrations.known():
        raise Trouble(f"This backup was made by a later version ({told.version}): install that one first.")
    return told


@contextmanager
def _scratch() -> Iterator[str]:
    """The name of an empty database on the same server, which is gone afterwards."""
    with psycopg.connect(settings().libpq_url, autocommit=True) as connection:
        name = f"{connection.info.dbname}_drill_{token_hex(4)}"
        try:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege:
            role = connection.info.user
            raise Trouble(
                f"The drill needs a scratch database: as a superuser, run ALTER ROLE {role} CREATEDB."
            ) from None
        try:
            yield name
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
