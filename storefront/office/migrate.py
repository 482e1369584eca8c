"""`storefront migrate`: bring the database to this version, with the first facts a new shop needs."""

import click

from storefront.catalog.searching import rebuilding
from storefront.platform import migrations
from storefront.shop.seed import open_shop
from storefront.taxes.seed import write_rates


@click.command()
@click.option("--sql", is_flag=True, help="Print the SQL of all migrations instead.")
def migrate(*, sql: bool) -> None:
    """Bring the database to this version; run it again at any time."""
    if sql:
        migrations.print_sql()
        return
    migrations.upgrade()
    write_rates()
    open_shop()
    if rebuilding.is_missing():
        click.echo("Looking through all products once, so that they are found …")
        for _written in rebuilding.rebuild():
            pass
