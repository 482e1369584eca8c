"""`storefront import` brings in a catalog of Shopify or WooCommerce, `storefront pictures` what it named.

`storefront colours` says which colours choices have.
"""

import re
import sys
from contextlib import ExitStack, closing, nullcontext
from pathlib import Path
from typing import Any

import click


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen to each row, and change nothing.")
@click.option("--stock", is_flag=True, help="Take the file's counts for choices the shop knows, too.")
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["auto", "shopify", "woocommerce"]),
    default="auto",
    show_default=True,
    help="Whose file it is.",
)
def import_catalog(file: Path, file_format: str, *, dry_run: bool, stock: bool) -> None:
    """Import the products of a CSV file.

    Each product is a transaction of its own and a bad row never stops the others. A missing column
    leaves the shop's data alone, a blank cell clears it. Counts are taken for choices that are new.
    Rows are numbered as in a spreadsheet: the header is row 1.
    """
    from storefront.catalog.importing.reading import UnreadableCatalog, open_catalog
    from storefront.catalog.importing.spool import Spool

    try:
        opened = open_catalog(file, file_format)
    except UnreadableCatalog as refused:
        raise click.ClickException(str(refused)) from None
    with closing(Spool(opened)) as spool:
        _run(opened, spool, dry_run=dry_run, stock=stock)


def _run(opened: Any, spool: Any, *, dry_run: bool, stock: bool) -> None:
    from storefront import config
    from storefront.catalog.importing.planning import Asked
    from storefront.catalog.importing.refused_file import RefusedFile
    from storefront.catalog.importing.report import Counts
    from storefront.catalog.importing.run import head_of, lines_of, rules_of
    from storefront.platform import clock
    from storefront.shop.queries import facts

    settings, shop, now = config.settings(), facts(), clock.now()
    rules = rules_of(shop, settings, now, opened)
    asked = Asked(shop.currency, with_stock=stock, rehearsal=dry_run, beside=opened.path.parent)
    counts = Counts()
    click.echo("\n".join(head_of(opened, spool)))
    with ExitStack() as stack:
        folder = settings.storefront_var / "imports"
        refused = None if dry_run else stack.enter_context(RefusedFile(folder, opened, now))
        bar = stack.enter_context(_bar(spool.count, shown=not dry_run))
        for line in lines_of(spool, rules, asked):
            counts.add(line)
            _print(str(line), beside_bar=bar is not None)
            if refused is not None:
                refused.add(line)
            if bar is not None:
                bar.update(1)
    click.echo(str(counts))
    if refused is not None and refused.count:
        click.echo(
            f"The refused rows are in {refused.path}; correct them there and import that file.", err=True
        )
    if dry_run:
        click.echo("This was a rehearsal: nothing was changed.", err=True)
    else:
        from storefront.platform import storage

        _file_pictures(opened.path.parent, storage.media())


def _file_pictures(folder: Path, media: Any) -> None:
    """Bring the pictures that are named by their files, from beside the catalog."""
    from storefront.catalog.filing import file_pictures
    from storefront.catalog.importing.report import printable

    stored, unfiled = file_pictures(folder, media)
    if stored:
        click.echo(f"Pictures from files: {stored}.", err=True)
    for one in unfiled:
        click.echo(printable(f"picture {one.source}: {one.reason}"), err=True)


def _bar(length: int, *, shown: bool) -> Any:
    """A progress bar beside the report, for a person who watches."""
    if shown and sys.stderr.isatty():
        return click.progressbar(length=length, label="Importing", file=sys.stderr, update_min_steps=20)
    return nullcontext()


def _print(line: str, *, beside_bar: bool) -> None:
    if beside_bar and sys.stdout.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
    click.echo(line)


@click.command()
@click.option("--again", is_flag=True, help="Fetch them once more.")
def pictures(*, again: bool) -> None:
    """Say which pictures could not be fetched from their addresses, and why.

    The worker fetches what an import names, tries again for some hours, and then leaves it.
    """
    from storefront.catalog import bringing
    from storefront.catalog.importing.report import printable

    missing = bringing.absent()
    for one in missing:
        click.echo(printable(f"{one.source}: {one.trouble}"))
    if not missing:
        click.echo("No picture stays away.")
    elif again:
        click.echo(f"The worker fetches them once more, of {bringing.ask_again()} products.", err=True)


@click.command()
@click.argument("changes", nargs=-1, metavar="[NAME=#RRGGBB]...")
def colours(changes: tuple[str, ...]) -> None:
    """Show which colours choices have by their names, or change some.

    Such as: storefront colours Moss=#76815a, or, for none at all: storefront colours Moss=
    """
    from storefront.catalog.colours import known, mix_colours

    given = {name: colour for name, _sign, colour in (change.partition("=") for change in changes)}
    for name, colour in given.items():
        if not name or not re.fullmatch("(#[0-9a-fA-F]{6})?", colour):
            raise click.UsageError(f"{name}={colour} is no NAME=#RRGGBB.")
    mix_colours(given)
    for name, colour in known().items():
        click.echo(f"{name} = {colour}")


@click.command(name="export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
def export_catalog(file: Path) -> None:
    """Write all products to a CSV file that `storefront import` takes again (- for the screen)."""
    from storefront.catalog.exporting.catalog_file import written

    try:
        with click.open_file(str(file), "w", encoding="utf-8", atomic=True) as target:
            for piece in written():
                target.write(piece)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from None
