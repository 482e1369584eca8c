"""Commands of the machinery: migrations and the worker."""

import click
from alembic.util import CommandError
from flask import Flask, current_app

from storefront.config import settings
from storefront.platform import jobs, migrations


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
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - documented
    jobs.run_worker(app, settings())
