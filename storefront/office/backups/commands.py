"""`storefront backup`, `restore`, `drill` and `upgrade`."""

import sys
from pathlib import Path

import click

from storefront.embedded.trouble import Trouble
from storefront.office.backups import making, manifest, restoring

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


@click.command()
@click.pass_context
def upgrade(context: click.Context) -> None:
    """After new code was installed: back up, migrate, verify."""
    from storefront.office.commands import verify
    from storefront.office.migrate import migrate

    for step in (backup, migrate, verify):
        context.invoke(step)
