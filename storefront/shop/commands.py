"""`storefront page` and `storefront logo`: what the merchant says and shows in the place of ours."""

from pathlib import Path

import click


@click.command()
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False)
@click.option("--ours", is_flag=True, help="Take your words away again.")
def page(name: str, file: Path | None, *, ours: bool) -> None:
    """Print a page as Markdown, or write it from a FILE: its "# title", its "> summary", and its text.

    Such as: storefront page returns > returns.md, and when that is edited: storefront page returns returns.md
    """
    from storefront.shop import content, writing

    if ours:
        writing.restore_page(name)
    elif file:
        writing.write_page(name, *content.parts(file.read_text(encoding="utf-8")))
    found = content.written(name)
    if found is None:
        raise click.UsageError(f"There is no page {name!r}: write one, or name one of {content.names()}.")
    click.echo(f"# {found.title}\n\n> {found.summary}\n\n{found.body}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False)
def logo(file: Path | None) -> None:
    """Show a picture in the place of the shop's name on every page; without a FILE the name comes back."""
    from dataclasses import asdict

    from storefront.platform import storage, uploads
    from storefront.shop.actions import describe_shop

    stored = asdict(uploads.keep(file.read_bytes(), storage.media())) if file else None
    describe_shop(logo=stored)
    click.echo("The logo is on every page now." if stored else "The name stands on every page again.")
