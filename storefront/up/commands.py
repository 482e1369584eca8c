"""`storefront up` and `storefront stop`."""

import click

from storefront import up as family_up
from storefront.config import Settings
from storefront.up import family


@click.command()
def up() -> None:
    """Run the shop: its servers, its pages and its worker, until Ctrl-C."""
    family_up.up(Settings.load())


@click.command()
def stop() -> None:
    """Stop a shop that runs from the same data folder, or what was left of it."""
    family.stop(Settings.load().storefront_var)
