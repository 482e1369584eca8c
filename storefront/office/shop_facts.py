"""`storefront shop`: show the merchant's facts, and change them."""

import click

from storefront.payments import methods as payment_methods
from storefront.shipping import methods as delivery_methods
from storefront.shop import facts, queries
from storefront.shop.actions import describe_shop

CODES: facts.Codes = {
    "delivery_methods": frozenset(delivery_methods.METHODS),
    "payment_methods": frozenset(payment_methods.METHODS),
}


@click.command()
@click.argument("verb", type=click.Choice(["show", "set"]), default="show")
@click.argument("changes", nargs=-1, metavar="[NAME=VALUE]...")
def shop(verb: str, changes: tuple[str, ...]) -> None:
    """Show what the shop says about itself, or change it.

    Such as: storefront shop set name="Kiln & Common" delivery_rate=4.90 delivery_countries=DE,AT
    """
    if verb == "set":
        describe_shop(**facts.read(_pairs(changes), queries.read(), CODES))
    for name, value in facts.write(queries.read()).items():
        click.echo(f"{name} = {value}")


def _pairs(changes: tuple[str, ...]) -> dict[str, str]:
    if not changes:
        raise click.UsageError("Say what to change, such as: storefront shop set delivery_rate=4.90")
    pairs = {}
    for change in changes:
        name, found, value = change.partition("=")
        if not found:
            raise click.UsageError(f"{change!r} is no NAME=VALUE.")
        pairs[name.strip()] = value
    return pairs
