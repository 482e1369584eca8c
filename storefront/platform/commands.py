"""Commands of the machinery: migrations, the worker, and the pages that are kept."""

from collections import Counter

import click
import redis
from alembic.util import CommandError
from flask import Flask, current_app

from storefront.config import settings
from storefront.platform import cache, logging, migrations, working
from storefront.platform.caching import changes, tally


@click.command("check-migrations")
def check_migrations() -> None:
    """Fail when the tables in the code differ from those the migrations make."""
    try:
        migrations.check()
    except CommandError as difference:
        raise click.ClickException(str(difference)) from None


@click.command()
def worker() -> None:
    """Run jobs until told to stop."""
    logging.begin(settings())
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - documented
    working.run(app, settings())


@click.command("cache")
@click.option("--purge", "tags", multiple=True, metavar="TAG", help="Forget what tells of it, as product:7.")
def kept_pages(tags: tuple[str, ...]) -> None:
    """Tell how pages came and which are kept, or forget some."""
    server = cache.valkey()
    if server is None:
        raise click.ClickException("There is no Valkey: each process keeps its own pages.")
    changes.bump(tags)
    try:
        sums, kinds = tally.sums(server), tally.kinds(server)
    except redis.RedisError as error:
        raise click.ClickException(f"Valkey does not answer: {error}.") from None
    came = Counter(sums)
    hits = came["hit"] + came["old"]
    all_of_them = hits + came["built"] + came["passed"]
    click.echo(f"{hits} of {all_of_them} pages were kept ones ({100 * hits / (all_of_them or 1):.1f} %)")
    click.echo(f"{came['old']} were old, {came['built']} were built and kept, {came['passed']} only built")
    click.echo(f"{came['waits']} readers waited for a build, {came['waited_ms'] / 1000:.1f} s in all")
    for kind, number in kinds.items():
        click.echo(f"{number:8} {kind}")
