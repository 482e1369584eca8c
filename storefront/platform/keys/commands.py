"""Keys from the command line: make one, list them, revoke one."""

from datetime import timedelta

import click


@click.command("create-key")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, required=True, help="What it may do, such as orders:write.")
@click.option("--days", type=click.IntRange(1, 3650), help="After how many days it ends; without, never.")
def create_key(name: str, scopes: tuple[str, ...], days: int | None) -> None:
    """Make a key for a program and show it, once. `--scope all` stands for every scope.

    Two keys of one name may live at a time: make the new one, let the program use it, revoke the old one.
    """
    from flask import current_app

    from storefront.platform import clock
    from storefront.platform.json_api.operations import scopes as known_by
    from storefront.platform.keys import actions

    known = known_by(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001 - documented
    wanted = known if "all" in scopes else scopes
    expires_at = clock.now() + timedelta(days=days) if days else None
    new = actions.create_key(name, wanted, known, expires_at)
    click.echo(new.shown)
    click.echo("Keep it now: it is not shown again.", err=True)


@click.command()
def keys() -> None:
    """List the keys of the shop."""
    from storefront.platform import clock
    from storefront.platform.keys import queries

    found = queries.of_the_shop()
    for key in found:
        used = f"{key.last_used_at:%Y-%m-%d %H:%M} UTC" if key.last_used_at else "never used"
        ends = f"{key.expires_at:%Y-%m-%d}" if key.expires_at else "no end"
        standing = key.standing(clock.now())
        click.echo(f"{key.id:>6}  {standing:<8}  {key.name:<24}  {ends:<10}  {used}  {' '.join(key.scopes)}")
    if not found:
        click.echo("There are no keys.")


@click.command("revoke-key")
@click.argument("key_id", type=click.IntRange(1, 2**63 - 1))
def revoke_key(key_id: int) -> None:
    """Let a key open nothing from this moment on."""
    from storefront.platform.keys import actions

    actions.revoke_key(key_id)
    click.echo(f"Key {key_id} is revoked.")
