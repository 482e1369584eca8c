"""`storefront demo`: the first catalog of a shop that has none, or a crowd of products for tests of load."""

import click


@click.command()
@click.option(
    "--products",
    type=click.IntRange(1, 1_000_000),
    help="Invent so many products instead, beside those that are there; the same ones every time.",
)
def demo(products: int | None) -> None:
    """Fill an empty shop with example goods; a shop that has any is left alone."""
    if products is not None:
        _invent(products)
        return
    from storefront.demo.seed import load

    loaded = load()
    if loaded is None:
        click.echo("There are products in this shop already: nothing was changed.")
        return
    click.echo(f"{loaded.choices} choices and {loaded.pictures} pictures came into the shop.")


def _invent(products: int) -> None:
    from storefront.demo.crowd.filling import fill

    with click.progressbar(length=products, label="Inventing") as bar:
        for some in fill(products):
            bar.update(some)
    click.echo(f"{products} invented products came into the shop.")
