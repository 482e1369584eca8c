"""Staff from the command line: the first owner of a shop, and whoever lost the phone."""

import click

from storefront.platform.people import ROLES


@click.command("create-staff")
@click.argument("email")
@click.option("--name", prompt="Name", help="What they are called.")
@click.option(
    "--role",
    "roles",
    type=click.Choice(ROLES),
    multiple=True,
    default=("owner",),
    show_default=True,
    help="What they may do; may be given more than once.",
)
@click.option(
    "--invite", is_flag=True, help="Send a letter with a link instead of asking for a password here."
)
def create_staff(email: str, name: str, roles: tuple[str, ...], invite: bool) -> None:  # noqa: FBT001 - click's way
    """Let somebody work in the back office. They set up a second factor when they sign in."""
    from storefront.accounts.staffing import Hire, hire

    password = None if invite else _ask_for_password()
    hire(Hire(name.strip(), _address(email), frozenset(roles), password))
    how = "A letter with a link is on its way." if invite else "They sign in at /account/sign-in."
    click.echo(f"{name.strip()} is staff now ({', '.join(roles)}). {how}")


@click.group()
def staff() -> None:
    """Look at who works here, and help them in."""


@staff.command("list")
def list_staff() -> None:
    """Who may work in the back office, and whether they have a second factor."""
    from storefront.accounts.queries import staff as everybody

    for account in everybody():
        factor = "second factor" if account.totp_secret else "no second factor yet"
        state = "" if account.active else ", suspended"
        click.echo(
            f"{account.email}  {account.name}  {', '.join(sorted(account.role_names))}  {factor}{state}"
        )


@staff.command("reset-second-factor")
@click.argument("email")
def reset_second_factor(email: str) -> None:
    """Take somebody's second factor away, because phone and paper are lost: they set up a new one."""
    from storefront.accounts import staffing

    had = staffing.reset_second_factor(email)
    click.echo(
        "Taken away. They are signed out, and set up a new one when they sign in."
        if had
        else "There was none; they are signed out."
    )


def _ask_for_password() -> str:
    from storefront.accounts.passwords import objection

    while True:
        password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        wrong = objection(password)
        if wrong is None:
            return password
        click.echo(wrong, err=True)


def _address(typed: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(typed, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise click.UsageError(f"{typed!r} is no e-mail address: {error}") from None
