"""What the merchant says and shows in the place of ours, and the sign in the door."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

MOMENTS = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d", "%H:%M")


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


@click.command("close")
@click.option("--until", metavar="MOMENT", help='As "2026-12-01 08:00" or "18:30", in the shop\'s time zone.')
def close_command(until: str | None) -> None:
    """Take no orders for a while; everything can still be looked at, and carts are kept."""
    from storefront.shop import queries
    from storefront.shop.actions import close_shop

    zone = ZoneInfo(queries.read().time_zone)
    moment = _moment(until, zone) if until else None
    close_shop(moment)
    when = f"until {moment:%Y-%m-%d %H:%M %Z}" if moment else "until somebody says: storefront open"
    click.echo(f"No orders are taken {when}.")


@click.command("open")
def open_command() -> None:
    """Take orders again."""
    from storefront.shop.actions import open_shop

    open_shop()
    click.echo("Orders are taken.")


def _moment(said: str, zone: ZoneInfo) -> datetime:
    from storefront.platform import clock

    here = clock.now().astimezone(zone)
    for shape in MOMENTS:
        try:
            found = datetime.strptime(said.strip(), shape)  # noqa: DTZ007 - its zone follows
        except ValueError:
            continue
        if shape == "%H:%M":
            found = found.replace(year=here.year, month=here.month, day=here.day)
        return found.replace(tzinfo=zone)
    raise click.BadParameter(f"{said!r} is no moment such as 2026-12-01 08:00.", param_hint="--until")
