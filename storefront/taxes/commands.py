"""`storefront taxes`: the rates of the shop's country."""

from decimal import Decimal, InvalidOperation

import click

from storefront.taxes.models import CLASSES


@click.command()
@click.argument("changes", nargs=-1, metavar="[CLASS=PERCENT]...")
def taxes(changes: tuple[str, ...]) -> None:
    """Show the tax rates of the shop's own country, or change some, for the orders to come.

    Such as: storefront taxes standard=19 reduced=7
    """
    from storefront.shop.queries import facts
    from storefront.taxes import queries
    from storefront.taxes.actions import set_rates

    country = facts().country
    if changes:
        set_rates(country, dict(map(_rate, changes)))
    known = queries.rates_in(country)
    for tax_class in CLASSES:
        rate = (
            f"{(known[tax_class] * 100).normalize():f} %" if tax_class in known else "not known, so nothing"
        )
        click.echo(f"{country} {tax_class} = {rate}")


def _rate(change: str) -> tuple[str, Decimal]:
    tax_class, _sign, percent = change.partition("=")
    try:
        rate = Decimal(percent) / 100
    except InvalidOperation:
        rate = Decimal(-1)
    exact = rate.is_finite() and rate == round(rate, 4)
    if tax_class not in CLASSES or not exact or not 0 <= rate < 1:
        raise click.UsageError(f"{change!r} is no CLASS=PERCENT such as {CLASSES[0]}=19 or {CLASSES[1]}=5.5.")
    return tax_class, rate
