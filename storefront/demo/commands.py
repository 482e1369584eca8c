"""`storefront demo`: the first catalog of a shop that has none."""

import click


@click.command()
def demo() -> None:
    """Fill an empty shop with example goods; a shop that has any is left alone."""
    from storefront.demo.seed import load

    loaded = load()
    if loaded is None:
        click.echo("There are products in this shop already: nothing was changed.")
        return
    click.echo(f"{loaded.choices} choices and {loaded.pictures} pictures came into the shop.")
