"""`storefront backup`, `restore`, `drill`, `upgrade`, and the copies that lead back to any moment."""

import sys
from datetime import datetime
from pathlib import Path

import click

from storefront.embedded.trouble import Trouble
from storefront.office.backups import archive, making, manifest, restoring
from storefront.office.backups import moment as moments

KEPT = 14
_place = click.option(
    "--in", "place", type=click.Path(path_type=Path), help="Where backups are, else STOREFRONT_VAR/backups."
)


@click.command()
@click.option("--keep", type=click.IntRange(1), default=KEPT, show_default=True, help="How many stay.")
@_place
def backup(place: Path | None, keep: int) -> None:
    """Save the database and the pictures; safe at any moment."""
    made = making.make(place or making.folder(), keep)
    told = manifest.read(made)
    size = sum(file.bytes for file in told.files.values())
    click.echo(
        f"{made}: {size / 2**20:.1f} MB, {told.totals['orders']} orders, {told.totals['products']} products"
    )
    click.echo("It holds no SECRET_KEY and no other setting: keep those apart, and not beside it.")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--other-key", is_flag=True, help="Although it was made with another SECRET_KEY.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def restore(folder: Path, *, other_key: bool, yes: bool) -> None:
    """Put the shop of a backup in the place of this one. Stop the web and the worker before."""
    told = manifest.read(folder)
    if not yes:
        click.echo(f"It holds {told.totals['orders']} orders, the last before {told.at}.")
        click.confirm("Whatever this shop took since will be gone. Go on?", abort=True)
    restoring.restore(folder, other_key=other_key)
    click.echo("Restored. Now: storefront migrate, then storefront verify.")


@click.command()
@_place
def drill(place: Path | None) -> None:
    """Restore the newest backup into a scratch database, look whether all is there, and time it."""
    backups = making.all_of(place or making.folder())
    if not backups:
        raise Trouble("There is no backup yet: make one with storefront backup.")
    went = restoring.rehearse(backups[0])
    click.echo(f"{backups[0].name} was restored in {went.seconds / 60:.1f} minutes.")
    for name, (was, now) in went.differences.items():
        click.secho(f"{name}: {now} instead of {was}", fg="red")
    for code in went.violations:
        click.secho(f"{code} does not hold: storefront verify says more", fg="red")
    if went.differences or went.violations:
        sys.exit(1)
    click.echo("All is there, and everything that must be true is true.")


@click.command("base-backup")
@click.option("--keep", type=click.IntRange(1), default=2, show_default=True, help="How many copies stay.")
def base_backup(keep: int) -> None:
    """Copy all of PostgreSQL's files to WAL_ARCHIVE: the beginning of a way to any later moment."""
    made = archive.copy(archive.folder(), keep)
    click.echo(f"{made}: from now on the shop can be brought back to any moment.")


@click.command("restore-to")
@click.argument("moment")
@click.option("--into", type=click.Path(path_type=Path), required=True, help="A new data folder.")
@click.option(
    "--archive", "second", type=click.Path(path_type=Path), help="The second place, else WAL_ARCHIVE."
)
def restore_to(moment: str, into: Path, second: Path | None) -> None:
    """Bring the database back as it was at a MOMENT ("2026-11-27 14:03:00+01:00", or "latest").

    The shop that runs is not touched: look at the new folder first, then put it in the old one's place.
    """
    from storefront.config import Settings

    second = second or Settings.load().wal_archive
    if second is None:
        raise Trouble("Where is the archive? Name it by --archive, or set WAL_ARCHIVE.")
    went = moments.bring_back(second, _moment(moment), into)
    last = (
        f"the last change is of {went.last_change:%Y-%m-%d %H:%M:%S %Z}"
        if went.last_change
        else "nothing since"
    )
    click.echo(f"From {went.copy.name} in {went.seconds / 60:.1f} minutes; {last}.")
    click.echo(
        f"PostgreSQL's files are in {went.files}. Put media and secret_key beside, and start it from there."
    )


def _moment(said: str) -> datetime | None:
    if said == "latest":
        return None
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        raise Trouble(f"{said!r} is no moment such as 2026-11-27 14:03:00+01:00, nor latest.") from None
    if found.tzinfo is None:
        raise Trouble(f"{said!r} does not say its time zone: 2026-11-27 14:03:00+01:00.")
    return found


@click.command()
@click.pass_context
def upgrade(context: click.Context) -> None:
    """After new code was installed: back up, migrate, verify."""
    from storefront.office.commands import verify
    from storefront.office.migrate import migrate

    for step in (backup, migrate, verify):
        context.invoke(step)
