"""`storefront reindex`, `searches` and `synonyms`: what is found, what was not, and what means the same."""

import click


@click.command()
def reindex() -> None:
    """Look through all products again, so that lists and searches find what there is.

    The shop keeps this up to date itself; run it after changing the database by hand, or when
    `storefront doctor` says so. Shoppers notice nothing.
    """
    from storefront.catalog.searching.rebuilding import rebuild

    click.echo(f"{sum(rebuild())} products are found.")


@click.command()
@click.option(
    "--days", default=30, show_default=True, type=click.IntRange(1, 90), help="How far to look back."
)
def searches(days: int) -> None:
    """Say what shoppers looked for in vain, most often first."""
    from storefront.catalog.searching.queries import missed

    found = missed(days)
    for words, times in found:
        click.echo(f"{times:6} {words}")
    if not found:
        click.echo("Nobody looked for anything in vain.")


@click.command()
@click.argument("phrases", nargs=-1)
@click.option("--forget", is_flag=True, help="They mean two things again.")
def synonyms(phrases: tuple[str, ...], *, forget: bool) -> None:
    """Say that phrases mean the same: storefront synonyms sofa couch. Without any, list them all."""
    from storefront.catalog.searching import actions, queries

    if len(phrases) == 1 or (forget and len(phrases) != 2):
        raise click.UsageError("Name two phrases, such as: storefront synonyms sofa couch")
    if forget:
        known = actions.forget_synonym(*(phrase.lower() for phrase in phrases))
        click.echo("They mean two things again." if known else "They meant two things already.")
        return
    if phrases:
        actions.say_the_same(*phrases)
    for words, others in queries.synonyms():
        click.echo(f"{words} = {others}")
